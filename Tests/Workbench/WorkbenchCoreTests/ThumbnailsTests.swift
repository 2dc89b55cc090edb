import Images
import TerminalScreen
import Testing
import WorkbenchCore

/// Small pictures are made of what is in sight, and not kept without bound.
@Suite struct ThumbnailsTests {
  private static let picture = Image(width: 2, height: 1, pixels: [1, 2, 3, 4, 5, 6])

  /// A workbench with very many files, of which the first is open.
  private func state(_ count: Int) -> State {
    var state = State(
      files: FileList(paths: (0..<count).map { "photos/\($0).jpg" }), layout: Bench.layout, model: "test")
    _ = Reducer.reduce(&state, .pictureLoaded(path: "photos/0.jpg", Bench.picture))
    return state
  }

  private func wanted(_ effects: [Effect]) -> [String]? {
    effects.lazy.compactMap { effect -> [String]? in
      guard case .makeThumbnails(let paths) = effect else { return nil }
      return paths
    }.first
  }

  @Test func onlyWhatIsInSightIsAskedFor() throws {
    var state = state(100_000)
    #expect(wanted(Reducer.reduce(&state, .focus(.files))) == nil, "they are not shown yet")
    let first = try #require(wanted(Reducer.reduce(&state, .perform(commandID: "thumbnails"))))
    #expect(first == (0..<first.count).map { "photos/\($0).jpg" } && (8...20).contains(first.count))
    #expect(state.layout.layers.isEmpty && state.context == .files)
    #expect(
      wanted(Reducer.reduce(&state, .thumbnail(path: first[0], Self.picture))) == Array(first.dropFirst()))
    let moved = try #require(wanted(Reducer.reduce(&state, .moveSelection(50_000))))
    #expect(moved.contains("photos/50000.jpg") && moved.count == first.count)
    // A file that shows nothing is not asked for again.
    for path in moved { _ = Reducer.reduce(&state, .thumbnail(path: path, nil)) }
    #expect(wanted(Reducer.reduce(&state, .moveSelection(0))) == nil)
    _ = Reducer.reduce(&state, .perform(commandID: "objects-pane"))
    #expect(!state.thumbnails.isShown && !state.layout.layers.isEmpty, "another pane takes its place back")
  }

  @Test func theyAreNotKeptWithoutBound() {
    var state = state(2000)
    for index in 0..<2000 {
      _ = Reducer.reduce(&state, .thumbnail(path: "photos/\(index).jpg", Self.picture))
    }
    let kept = state.files.paths.filter { state.thumbnails.picture(of: $0) != nil }
    #expect(kept.count <= 256 && kept.last == "photos/1999.jpg")
  }

  @Test func rowsOfPicturesCanBeClicked() throws {
    var state = state(10)
    _ = Reducer.reduce(&state, .perform(commandID: "thumbnails"))
    let window = FilesWindow(state: state)
    #expect(window.rowsPerFile == 3 && window.thumbnailColumns > 0)
    let mouse = Mouse(
      kind: .press, button: .left, column: state.layout.files.x + 3,
      row: window.top + 2 * window.rowsPerFile + 1)
    let action = EventInput(keyMap: KeyMap()).action(for: .mouse(mouse), in: state, cell: Bench.cell)
    guard case .openFile(2)? = action else { return #expect(Bool(false), "the third file") }
  }
}
