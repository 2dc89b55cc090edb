import Annotations
import Images
import TerminalScreen
import Testing
import WorkbenchCore

/// Walks the command table: each command, asked for by its key where it has the keyboard, does something, and the mouse
/// gets at it too. A command without a situation here in which it can act fails.
@Suite struct EveryCommandTests {
  private static let keyMap = KeyMap()
  private static let input = EventInput(keyMap: keyMap)

  /// What makes a command possible, besides the objects that all of them find; by its id.
  private static let preparations: [String: [Action]] = [
    "propose": [.perform(commandID: "new")],
    "redo": [.undo],
    "snap": [.perform(commandID: "previous-object")],
    "raise": [.perform(commandID: "previous-object")],
    "union": withSecond, "subtract": withSecond, "intersect": withSecond,
    "zoom-out": [.zoom(steps: 4, at: nil)], "zoom-fit": [.zoom(steps: 4, at: nil)],
    "zoom-pixels": [.zoom(steps: 4, at: nil)],
    "pan-left": [.zoom(steps: 4, at: nil)], "pan-right": [.zoom(steps: 4, at: nil)],
    "pan-up": [.zoom(steps: 4, at: nil)], "pan-down": [.zoom(steps: 4, at: nil)],
    "flood": [.see(.goTo(ImagePoint(x: 40.5, y: 40.5)))],
    "another": clicked, "clear": clicked, "confidence": clicked, "remove-click": clicked,
    "flip-click": clicked,
    "remove-step-click": clicked, "flip-step-click": clicked,
    "go-to-step": [.history(.pick(1))],
    "click-tool": [.perform(commandID: "brush")],
    "next-face": faces, "keep-people": faces, "toggle-part": faces, "only-part": faces,
    "list-up": [.focus(.files)], "list-down": [.focus(.files)], "list-page-up": [.focus(.files)],
    "list-page-down": [.focus(.files)], "open": [.focus(.files), .moveSelection(1)],
    "columns-left": [.profiling(.moveColumns(1))], "keep-profile": measured,
    "search-up": [.find(.open(.help)), .find(.move(lines: 40))],
    "search-page-up": [.find(.open(.help)), .find(.move(lines: 40))],
    "yes": overwriting, "no": overwriting,
    "tour-back": [.tour(.start), .tour(.next)],
  ]

  private static let withSecond: [Action] = [
    .perform(commandID: "previous-object"), .perform(commandID: "next-object"),
  ]
  private static let clicked: [Action] = [
    .perform(commandID: "new"), .addClick(at: ImagePoint(x: 150, y: 100), isPositive: true),
  ]
  private static let faces: [Action] = [
    .people(.nextFaceView), .people(.facesFound(path: "b.png", PeopleTests.faces(2))),
  ]
  private static let overwriting: [Action] = [
    .saveWouldOverwrite(
      SaveRequest(path: "m.png", mask: RunLengths(width: 200, height: 160), image: "b.png", step: 0))
  ]

  /// A benchmark that has ended.
  private static let measured: [Action] = [
    .focus(.layers), .profiling(.run),
    .profiling(
      .benchmarked(
        BenchmarkReport(
          generation: 1,
          benchmark: {
            var benchmark = Benchmark(phase: .finished)
            benchmark.profile = try? ProfilingReducerTests.profile()
            return benchmark
          }()))),
  ]

  /// What gives a context the keyboard.
  private static func enter(_ context: Command.Context) -> [Action] {
    switch context {
    case .image, .question: []
    case .drawing: [.edit(.pick(.brush)), .see(.toggleMinimap)]
    case .files: [.focus(.files)]
    case .objects: [.focus(.objects)]
    case .history: [.focus(.history)]
    case .layers: [.focus(.layers)]
    case .parts: faces + [.focus(.layers)]
    case .search: [.find(.open(.help)), .find(.insert("zoom"))]
    case .tour: [.tour(.start)]
    }
  }

  /// The second of three pictures with an edge; on it two overlapping objects, the upper one with a hole and a speck.
  private static func bench() -> Bench {
    var bench = Bench(
      picture: Image(
        width: 200, height: 160,
        pixels: (0..<200 * 160).flatMap { [UInt8](repeating: $0 % 200 < 62 ? 40 : 200, count: 3) }),
      subjects: ["one.onnx", "two.onnx"])
    bench.readingCount = 3
    bench.run(.openFile(1))
    for (left, right) in [(20.0, 59.0), (30, 90)] {
      bench.run(
        .edit(.command(.new)),
        .edit(.command(.draw(.rectangle(.init(x: left, y: 20), .init(x: right, y: 60)), .draw))))
    }
    bench.run(
      .edit(.command(.draw(.rectangle(.init(x: 120, y: 20), .init(x: 123, y: 22)), .draw))),
      .edit(.command(.draw(.rectangle(.init(x: 39, y: 39), .init(x: 43, y: 43)), .erase))),
      .people(.togglePortrait),
      .people(
        .portraitFound(
          path: "b.png", People.Portrait(PeopleTests.matte),
          LayerTable(steps: [.init("a", milliseconds: 1), .init("b", milliseconds: 2)], milliseconds: 4))),
      .people(.togglePortrait))
    return bench
  }

  /// What can be seen of a state, so that a change can be told.
  private static func fingerprint(_ state: State) -> [String] {
    let document = state.document
    return [
      "\(state.files.current) \(state.selectedFile) \(state.selectedLayer) \(state.focus) \(state.lower)",
      "\(HistoryWindow(state: state).selected) \(state.layerOrder) \(state.tool) \(state.brushSize)",
      "\(String(describing: document?.current)) \(String(describing: document?.selection))",
      "\(document?.hidden.sorted() ?? []) \(document?.objectIDs ?? []) \(document?.prompts as Any)",
      "\(document?.objects.map(\.mask) as Any)", "\(state.view?.viewport as Any)",
      "\(state.view?.crosshair as Any)",
      "\(state.seeing) \(state.thumbnails.isShown)",
      "\(state.people.view as Any) \(state.people.hiddenParts.count)",
      "\(state.people.onlyPart as Any) \(state.people.selectedFace)", "\(state.finder as Any)",
      "\(state.tourStep as Any) \(state.boxCorner as Any) \(state.sketch as Any)", "\(state.question as Any)",
      "\(state.project.filter) \(state.project.records.map { "\($0)" }.sorted())", "\(state.isFinished)",
      "\(state.profiling.page) \(state.profiling.isWide) \(state.profiling.firstColumn)",
      "\(state.profiling.settings) \(state.profiling.featureView as Any) \(state.profiling.question)",
      "\(state.profiling.isBaselineKept) \(state.profiling.baseline?.model ?? "")",
    ]
  }

  /// A bench on which a command can act in one of the contexts in which it has a key, and that context.
  private static func prepared(for command: Command) throws -> (Bench, Command.Context) {
    let keyed = Command.Context.allCases.filter {
      command.contexts.contains($0) && !keyMap.keys(for: command, in: $0).isEmpty
    }
    let context = try #require(keyed.first, "it has a key")
    var bench = bench()
    for action in preparations[command.id] ?? [] { bench.run(action) }
    if bench.state.context != context { for action in enter(context) { bench.run(action) } }
    try #require(bench.state.context == context)
    return (bench, context)
  }

  /// Applies an action; returns whether anything comes of it.
  private static func acts(_ action: Action, on bench: inout Bench) -> Bool {
    let before = fingerprint(bench.state)
    let effects = Reducer.reduce(&bench.state, action)
    for effect in effects { bench.carryOut(effect) }
    let isAnswered = effects.contains { effect in
      switch effect {
      case .segment, .journal, .record, .operate, .save, .loadPicture, .propose, .findPeople, .suspend,
        .profiling, .loadTheme, .transfer:
        true
      case .warmUp, .openProject, .makeThumbnails, .listFolder: false
      }
    }
    let kind = bench.state.notice?.kind
    return (isAnswered || fingerprint(bench.state) != before) && kind != .warning && kind != .error
  }

  private static func click(_ kind: Mouse.Kind, _ column: Int, _ row: Int, in bench: Bench) -> Action? {
    input.action(
      for: .mouse(Mouse(kind: kind, button: .left, column: column, row: row)), in: bench.state,
      cell: Bench.cell)
  }

  @Test(arguments: CommandTable.all)
  func everyCommandActs(command: Command) throws {
    var (bench, context) = try Self.prepared(for: command)
    let key = Self.keyMap.keys(for: command, in: context)[0]
    let action = try #require(Self.input.action(for: .key(key), in: bench.state, cell: Bench.cell))
    guard case .perform(command.id) = action else { return #expect(Bool(false), "\(key) means \(action)") }
    #expect(Self.acts(action, on: &bench), "\(bench.state.notice?.text ?? "nothing happens")")
  }

  /// With the mouse alone: in the palette, which the help lists, by the wheel and a click on its row; else by a click on
  /// its key in the last line; else, in the lists of popups, by the wheel.
  @Test(arguments: CommandTable.all)
  func theMouseGetsAtEveryCommand(command: Command) throws {
    var (bench, _) = try Self.prepared(for: command)
    if let item = HintBar(state: bench.state, keyMap: Self.keyMap).items.first(where: {
      $0.command.id == command.id
    }) {
      let action = try #require(Self.click(.press, item.place.x, item.place.y, in: bench))
      guard case .perform(command.id) = action else { return #expect(Bool(false), "a click means \(action)") }
      #expect(Self.acts(action, on: &bench))
      return
    }
    if bench.state.context == .search {
      let window = try #require(FinderWindow(state: bench.state))
      let turns = [Mouse.Kind.wheelUp, .wheelDown].compactMap {
        Self.click($0, window.list.x, window.list.y, in: bench)
      }
      let isTurned = turns.contains { turn in
        guard case .find(.move(let lines)) = turn, case .find(.move(let wanted)) = command.action else {
          return false
        }
        return lines.signum() == wanted.signum()
      }
      return #expect(isTurned && command.mouse == "wheel")
    }
    bench.run(.perform(commandID: "palette"))
    let rows = try #require(FinderWindow(state: bench.state)).rows
    let row = try #require(
      rows.firstIndex { if case .commands(let all) = $0 { all.map(\.id) == [command.id] } else { false } },
      "no row of the palette is about it alone")
    while let window = FinderWindow(state: bench.state), row >= window.range.upperBound {
      bench.run(try #require(Self.click(.wheelDown, window.list.x, window.list.y, in: bench)))
    }
    let window = try #require(FinderWindow(state: bench.state))
    let place = window.list.y + row - window.range.lowerBound
    let action = try #require(Self.click(.press, window.list.x + 2, place, in: bench))
    #expect(Self.acts(action, on: &bench), "\(bench.state.notice?.text ?? "nothing happens")")
    if case .find(.open) = command.action { return }
    #expect(bench.state.finder == nil)
  }

  @Test(arguments: Command.Context.allCases.filter { ![.question, .search, .tour].contains($0) }, [60, 80])
  func theHelpCanBeClickedInEveryPane(context: Command.Context, columns: Int) {
    #expect(Self.hints(in: context, columns: columns).contains("help"))
  }

  private static func hints(in context: Command.Context, columns: Int = 80) -> [String] {
    var bench = Bench()
    bench.run(.resized(Layout(screen: ScreenSize(columns: columns, rows: 24), cell: Bench.cell)))
    bench.run(.openFile(1))
    for action in enter(context) + (context == .question ? overwriting : []) { bench.run(action) }
    return HintBar(state: bench.state, keyMap: keyMap).items.map(\.command.id)
  }
}
