import Annotations
import TerminalScreen
import Testing
import WorkbenchCore

/// The pane of objects by keys and by mouse.
@Suite struct ObjectsPaneTests {
  private let input = EventInput(keyMap: KeyMap())

  /// Three objects, the topmost selected, and the pane with the keyboard.
  private func bench(_ classes: ClassList = ClassList()) -> Bench {
    var bench = Bench(classes: classes)
    for x in [20.0, 60, 100] {
      bench.run(.perform(commandID: "new"), .addClick(at: ImagePoint(x: x, y: 80), isPositive: true))
    }
    bench.run(.perform(commandID: "objects-pane"))
    return bench
  }

  private func press(_ name: String, in bench: inout Bench) throws {
    let key = try #require(Key(name))
    bench.run(try #require(input.action(for: .key(key), in: bench.state, cell: Bench.cell), "\(name)"))
  }

  /// Clicks a row of the list, counted from 0, at its colour or its name.
  private func click(
    row: Int, onColor: Bool = false, _ button: Mouse.Button = .left, in bench: inout Bench
  ) throws {
    let window = ObjectsWindow(state: bench.state)
    let column = bench.state.layout.layers.x + (onColor ? 1 : 4)
    let mouse = Mouse(kind: .press, button: button, column: column, row: window.top + row)
    bench.run(try #require(input.action(for: .mouse(mouse), in: bench.state, cell: Bench.cell)))
  }

  @Test func listsTheTopmostFirstAndFollowsTheSelection() throws {
    var bench = bench()
    #expect(bench.state.context == .objects && bench.state.lower == .objects)
    #expect(
      ObjectsWindow(state: bench.state).ids == [3, 2, 1] && ObjectsWindow(state: bench.state).selected == 0)
    bench.run(.perform(commandID: "previous-object"))
    #expect(ObjectsWindow(state: bench.state).selected == 1)
    try press("down", in: &bench)
    #expect(bench.state.document?.selection == 1)
    try press("down", in: &bench)
    #expect(bench.state.document?.selection == 1, "the list ends")
    try click(row: 0, in: &bench)
    #expect(bench.state.document?.selection == 3)
  }

  @Test func keysOfItsOwnActOnTheSelectedObject() throws {
    var bench = bench()
    try press("space", in: &bench)
    #expect(bench.state.document?.hidden == [3])
    try press("J", in: &bench)
    #expect(bench.state.document?.objectIDs == [1, 3, 2])
    try press("shift-up", in: &bench)
    #expect(bench.state.document?.objectIDs == [1, 2, 3])
    try press("y", in: &bench)
    #expect(bench.state.document?.objectIDs == [1, 2, 3, 4])
    try press("d", in: &bench)
    #expect(bench.state.document?.objectIDs == [1, 2, 3])
    try press("c", in: &bench)
    #expect(bench.state.finder?.prompt.text == "class ")
    try press("escape", in: &bench)
    try press("escape", in: &bench)
    #expect(bench.state.context == .image)
  }

  @Test func theMouseHidesSelectsAndOpensTheMenu() throws {
    var bench = bench()
    bench.run(.focus(.image))
    try click(row: 2, onColor: true, in: &bench)
    #expect(bench.state.document?.hidden == [1] && bench.state.document?.selection == 3)
    try click(row: 1, .right, in: &bench)
    #expect(bench.state.document?.selection == 2 && bench.state.finder?.kind == .objects)
    // Everything that objects can be asked for is in the menu.
    let rows = try #require(FinderWindow(state: bench.state)).rows
    let ids = rows.flatMap { row -> [String] in
      guard case .commands(let commands) = row else { return [] }
      return commands.map(\.id)
    }
    #expect(ids == CommandTable.all.filter { $0.group == .objects }.map(\.id))
    bench.run(.find(.choose(try #require(ids.firstIndex(of: "delete")))))
    #expect(bench.state.document?.objectIDs == [1, 3] && bench.state.finder == nil)
  }

  @Test func whatCannotBeRaisedSaysSo() {
    var bench = bench()
    bench.run(.perform(commandID: "raise"))
    #expect(bench.state.notice?.text == "raise: the object is the topmost already")
    bench.run(.edit(.command(.select(1))), .perform(commandID: "lower"))
    #expect(bench.state.notice?.text == "lower: the object is the lowest already")
  }

  @Test func classesAreGivenByTheirKeysAndByName() throws {
    let classes = ClassList([
      .init(name: "cat", color: ObjectColor(red: 1, green: 2, blue: 3), key: "d"),
      .init(name: "dog", color: ObjectColor(red: 9, green: 9, blue: 9)),
    ])
    var bench = bench(classes)
    bench.run(.focus(.image))
    // In a project a class's key counts before a command's.
    try press("d", in: &bench)
    let cat = try #require(bench.state.document?.selected)
    #expect(cat.className == "cat" && bench.state.tool == .click)
    #expect(bench.state.chosenColor(of: cat) == ObjectColor(red: 1, green: 2, blue: 3))
    try press("d", in: &bench)
    #expect(bench.state.document?.selected?.className == nil, "again takes it away")
    bench.run(.perform(commandID: "class"), .find(.insert("do")), .find(.run))
    #expect(bench.state.document?.selected?.className == "dog")
    bench.run(.perform(commandID: "class"), .find(.insert("a new one")), .find(.run))
    #expect(bench.state.document?.selected?.className == "a new one")
    // Without a selection it is that of the next objects.
    bench.run(.perform(commandID: "new"))
    try press("d", in: &bench)
    bench.run(.addClick(at: ImagePoint(x: 9, y: 9), isPositive: true))
    #expect(bench.state.document?.selected?.className == "cat" && bench.state.document?.objectIDs.count == 4)
    bench.run(
      .perform(commandID: "new"), .perform(commandID: "rectangle"), .press(.select, at: bench.pane(20, 20)),
      .drag(to: bench.pane(59, 59)), .release(at: bench.pane(59, 59)))
    #expect(bench.state.document?.selected?.className == "cat")
  }

  @Test func tabsShareThePlaceAndCanBeClicked() throws {
    var bench = bench()
    for pane in [Pane.history, .layers, .objects] {
      let tab = try #require(PaneTabs(state: bench.state).tabs.first { $0.pane == pane })
      let mouse = Mouse(kind: .press, button: .left, column: tab.place.x, row: tab.place.y)
      bench.run(try #require(input.action(for: .mouse(mouse), in: bench.state, cell: Bench.cell)))
      #expect(bench.state.lower == pane && bench.state.focus == pane)
    }
    bench.run(.focusNext(backward: false))
    #expect(bench.state.focus == .image && bench.state.lower == .objects, "the shown one stays")
    bench.run(.focusNext(backward: true))
    #expect(bench.state.focus == .objects)
  }

  @Test func narrowScreensMakeRoomForThePaneThatHasTheKeyboard() throws {
    var bench = bench()
    let narrow = Layout(screen: ScreenSize(columns: 60, rows: 20), cell: Bench.cell)
    bench.run(.focus(.image), .resized(narrow))
    #expect(!bench.state.layout.hasSide)
    bench.run(.perform(commandID: "objects-pane"))
    let layout = bench.state.layout
    #expect(layout.hasSide && layout.layers.maxX == 60 && layout.image.width >= 30)
    #expect(bench.state.view?.viewport.pane == layout.imagePixels)
    bench.run(.perform(commandID: "image-pane"))
    #expect(!bench.state.layout.hasSide && bench.state.view?.viewport.pane == narrow.imagePixels)
  }
}
