import TerminalScreen
import Testing
import WorkbenchCore

/// The last row: every key that it shows can be clicked.
@Suite struct HintBarTests {
  private let keyMap = KeyMap()

  private func click(_ id: String, in bench: inout Bench) throws {
    let bar = HintBar(state: bench.state, keyMap: keyMap)
    let item = try #require(bar.items.first { $0.command.id == id }, "\(bar.items.map(\.command.id))")
    let mouse = Mouse(kind: .press, button: .left, column: item.place.x, row: item.place.y)
    let action = EventInput(keyMap: keyMap).action(for: .mouse(mouse), in: bench.state, cell: Bench.cell)
    bench.run(try #require(action))
  }

  @Test func keysCanBeClicked() throws {
    var bench = Bench()
    bench.run(.addClick(at: ImagePoint(x: 9, y: 9), isPositive: true))
    try click("undo", in: &bench)
    #expect(!bench.state.hasPrompts)
    try click("next", in: &bench)
    #expect(bench.state.files.current == 1)
    try click("help", in: &bench)
    #expect(bench.state.context == .search)
    try click("search-close", in: &bench)
    #expect(bench.state.context == .image)
  }

  @Test func placesDoNotOverlapAndStayInTheRow() {
    for context: Action in [.focus(.files), .find(.open(.help)), .tour(.start)] {
      var bench = Bench()
      bench.run(context)
      let bar = HintBar(state: bench.state, keyMap: keyMap)
      #expect(bar.items.count > 1)
      for (first, second) in zip(bar.items, bar.items.dropFirst()) {
        #expect(first.place.maxX < second.place.x && second.place.maxX <= bar.row.maxX)
      }
    }
  }

  @Test func layersAndFilesCanBeClicked() throws {
    var bench = Bench()
    let files = FilesWindow(state: bench.state)
    let mouse = Mouse(kind: .press, button: .left, column: bench.state.layout.files.x + 2, row: files.top + 2)
    let action = EventInput(keyMap: keyMap).action(for: .mouse(mouse), in: bench.state, cell: Bench.cell)
    bench.run(try #require(action))
    #expect(bench.state.files.current == 2)
  }
}
