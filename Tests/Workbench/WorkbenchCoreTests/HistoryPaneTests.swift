import Annotations
import TerminalScreen
import Testing
import VisionTasks
import WorkbenchCore

/// The pane of history by keys and by mouse.
@Suite struct HistoryPaneTests {
  private let input = EventInput(keyMap: KeyMap())

  /// Three clicks on one object, the last of them undone, and one on another branch.
  private func bench() -> Bench {
    var bench = Bench()
    for x in [20.0, 60, 100] { bench.run(.addClick(at: ImagePoint(x: x, y: 80), isPositive: true)) }
    bench.run(.undo, .addClick(at: ImagePoint(x: 140, y: 80), isPositive: false))
    bench.run(.perform(commandID: "history-pane"))
    return bench
  }

  private func press(_ name: String, in bench: inout Bench) throws {
    let key = try #require(Key(name))
    bench.run(try #require(input.action(for: .key(key), in: bench.state, cell: Bench.cell), "\(name)"))
  }

  private func click(_ button: Mouse.Button, step: Int, in bench: inout Bench) throws {
    let window = HistoryWindow(state: bench.state)
    let row = window.top + step - window.range.lowerBound
    let mouse = Mouse(kind: .press, button: button, column: bench.state.layout.layers.x + 3, row: row)
    bench.run(try #require(input.action(for: .mouse(mouse), in: bench.state, cell: Bench.cell)))
  }

  @Test func listsAllBranchesAndGoesAnywhere() throws {
    var bench = bench()
    let window = HistoryWindow(state: bench.state)
    #expect(window.range == 0..<5 && window.selected == 4)
    #expect(bench.state.document?.branch == [0, 1, 2, 4])
    // To the undone step, which lies on the other branch.
    try press("up", in: &bench)
    #expect(bench.state.document?.current == 4, "selecting is not going")
    try press("enter", in: &bench)
    #expect(bench.state.document?.current == 3 && bench.state.document?.branch == [0, 1, 2, 3])
    try click(.left, step: 1, in: &bench)
    #expect(bench.state.document?.prompts.clicks.map(\.x) == [20])
    #expect(bench.state.document?.branch == [0, 1, 2, 3], "redoing leads on")
    #expect(bench.state.document?.steps.count == 5, "nothing is lost")
  }

  @Test func oneEarlierClickIsRemovedOrTurned() throws {
    var bench = bench()
    try click(.right, step: 1, in: &bench)
    #expect(bench.state.document?.current == 4 && HistoryWindow(state: bench.state).selected == 1)
    try press("y", in: &bench)
    #expect(bench.state.document?.prompts.clicks.map(\.isPositive) == [false, true, false])
    try press("x", in: &bench)
    #expect(bench.state.document?.prompts.clicks.map(\.x) == [60, 140])
    #expect(HistoryWindow(state: bench.state).selected == 1, "what was pointed at stays selected")
    try press("x", in: &bench)
    #expect(bench.state.notice?.text == "Its click is not there any more")
    try click(.right, step: 0, in: &bench)
    try press("x", in: &bench)
    #expect(bench.state.notice?.text == "This step added no click")
  }

  @Test func aClickOfAnotherObjectIsFoundToo() throws {
    var bench = bench()
    bench.run(.perform(commandID: "new"), .addClick(at: ImagePoint(x: 9, y: 9), isPositive: true))
    #expect(bench.state.document?.selection == 2)
    bench.run(.history(.pick(2)), .history(.removeClick))
    #expect(bench.state.document?.selection == 1)
    #expect(bench.state.document?.prompts.clicks.map(\.x) == [20, 140])
  }

  @Test func theSelectionFollowsWhatIsDoneElsewhere() {
    var bench = bench()
    bench.run(.history(.pick(1)), .focus(.image), .undo)
    #expect(HistoryWindow(state: bench.state).selected == bench.state.document?.current)
  }
}
