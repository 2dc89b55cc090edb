import TerminalScreen
import Testing
import WorkbenchCore

/// The help and the palette, driven by keys and the mouse as the user does.
@Suite struct FinderTests {
  private let input = EventInput(keyMap: KeyMap())

  private func type(_ text: String, into bench: inout Bench) {
    for character in text { press(Key(.character(character)), in: &bench) }
  }

  private func press(_ key: Key, in bench: inout Bench) {
    if let action = input.action(for: .key(key), in: bench.state, cell: Bench.cell) { bench.run(action) }
  }

  private func click(_ column: Int, _ row: Int, in bench: inout Bench) {
    let mouse = Mouse(kind: .press, button: .left, column: column, row: row)
    if let action = input.action(for: .mouse(mouse), in: bench.state, cell: Bench.cell) { bench.run(action) }
  }

  private func ids(_ state: State) -> [String] {
    FinderWindow(state: state)?.rows.compactMap { row in
      if case .commands(let commands) = row { commands[0].id } else { nil }
    } ?? []
  }

  /// A walk over the table: the palette finds each command by its name, and says something about it.
  @Test(arguments: CommandTable.all.filter { !$0.contexts.isDisjoint(with: [.image, .files, .layers]) })
  func thePaletteFindsEveryCommand(command: Command) {
    var bench = Bench()
    bench.run(.find(.open(.palette)), .find(.insert(command.id)))
    #expect(ids(bench.state).first == command.id)
    var help = Bench()
    help.run(.find(.open(.help)), .find(.insert(command.help)))
    #expect(ids(help.state).contains(command.id))
  }

  @Test func typingInTheHelpSearchesAndEnterRuns() {
    var bench = Bench()
    type("?", into: &bench)
    #expect(bench.state.context == .search)
    type("rulers", into: &bench)
    #expect(ids(bench.state).first == "rulers")
    press(Key(.enter), in: &bench)
    #expect(bench.state.finder == nil && bench.state.seeing.hasRulers)
  }

  @Test func lettersAreTypedAndNotCommands() {
    var bench = Bench()
    bench.run(.addClick(at: ImagePoint(x: 9, y: 9), isPositive: true))
    type(":uq", into: &bench)
    #expect(bench.state.finder?.prompt.text == "uq")
    #expect(bench.state.hasPrompts && !bench.state.isFinished)
    press(Key(.escape), in: &bench)
    #expect(bench.state.context == .image)
  }

  @Test func thePaletteCompletesArguments() {
    var bench = Bench()
    type(":them", into: &bench)
    press(Key(.tab), in: &bench)
    #expect(bench.state.finder?.prompt.text == "theme ")
    type("li", into: &bench)
    press(Key(.enter), in: &bench)
    #expect(bench.state.finder == nil)
    guard case .loadTheme("light")? = bench.held.last else {
      Issue.record("\(bench.held)")
      return
    }
  }

  @Test func enterOnACommandThatNeedsAnArgumentAsksForIt() {
    var bench = Bench()
    type(":go-to", into: &bench)
    press(Key(.enter), in: &bench)
    #expect(bench.state.finder?.prompt.text == "go-to ")
    type("17,23", into: &bench)
    press(Key(.enter), in: &bench)
    #expect(bench.state.finder == nil)
    #expect(bench.state.view?.crosshair.position == ImagePoint(x: 17.5, y: 23.5))
  }

  @Test(arguments: ["go-to 900,900", "go-to somewhere", "opacity 300%", "zoom-to -4"])
  func wrongArgumentsAreToldAndKeptForCorrection(line: String) {
    var bench = Bench()
    let zoom = bench.state.view?.viewport
    bench.run(.find(.open(.palette)), .find(.insert(line)), .find(.run))
    #expect(bench.state.notice?.kind == .warning, "\(line)")
    #expect(bench.state.finder?.prompt.text == line && bench.state.view?.viewport == zoom)
  }

  @Test func clickingARowRunsItAndClickingBesideCloses() throws {
    var bench = Bench()
    bench.run(.find(.open(.palette)), .find(.insert("rulers")))
    let window = try #require(FinderWindow(state: bench.state))
    click(window.list.x + 3, window.list.y, in: &bench)
    #expect(bench.state.seeing.hasRulers && bench.state.finder == nil)
    bench.run(.find(.open(.help)))
    click(0, 0, in: &bench)
    #expect(bench.state.finder == nil)
  }

  @Test func theSelectedRowIsAlwaysSeen() throws {
    var bench = Bench()
    bench.run(.find(.open(.help)))
    for _ in 0..<200 {
      bench.run(.find(.move(lines: 1)))
      let window = try #require(FinderWindow(state: bench.state))
      #expect(window.range.contains(try #require(window.selected)))
      #expect(window.list.maxY < window.box.maxY)
    }
  }

  @Test func whatCannotBeDoneNowSaysWhy() {
    var bench = Bench()
    bench.run(.find(.open(.palette)), .find(.insert("undo")), .find(.run))
    #expect(bench.state.notice?.text == "undo: nothing to undo")
  }
}
