import TerminalScreen
import Testing
import WorkbenchCore

@Suite struct TourTests {
  private func state(showsTour: Bool) -> State {
    State(files: FileList(paths: ["a.png"]), layout: Bench.layout, model: "test", showsTour: showsTour)
  }

  @Test func itStartsOnlyWhenAskedFor() {
    #expect(state(showsTour: false).tourStep == nil)
    #expect(state(showsTour: true).context == .tour)
  }

  @Test func fiveStepsForwardAndTheWayBack() {
    var state = state(showsTour: true)
    #expect(Tour.steps.count == 5)
    for step in 1..<5 {
      _ = Reducer.reduce(&state, .tour(.next))
      #expect(state.tourStep == step)
    }
    _ = Reducer.reduce(&state, .tour(.back))
    #expect(state.tourStep == 3)
    for _ in 0..<2 { _ = Reducer.reduce(&state, .tour(.next)) }
    #expect(state.tourStep == nil && state.context == .image)
  }

  @Test func oneKeySkipsIt() throws {
    var state = state(showsTour: true)
    let input = EventInput(keyMap: KeyMap())
    let action = try #require(input.action(for: .key(Key(.escape)), in: state, cell: Bench.cell))
    _ = Reducer.reduce(&state, action)
    #expect(state.tourStep == nil)
  }

  /// The keys in the text are those that the user has.
  @Test(arguments: Tour.steps.indices)
  func keysInTheTextAreTheUsers(index: Int) throws {
    let keyMap = KeyMap(overrides: ["add": [Key(.character("A"))], "help": [Key(.character("Y"))]])
    let text = Tour.text(of: Tour.steps[index], keyMap: keyMap)
    #expect(!text.contains("{") && !text.contains("}"))
    if index == 0 { #expect(text.contains("press A.")) }
    if index == 4 { #expect(text.hasPrefix("Y searches")) }
  }
}
