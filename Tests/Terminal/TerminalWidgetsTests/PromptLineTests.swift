import TerminalScreen
import TerminalWidgets
import Testing

@Suite struct PromptLineTests {
  private func edit(_ text: String, _ keys: String...) throws -> PromptLine {
    var prompt = PromptLine(label: "> ", text: text)
    for name in keys { _ = prompt.handle(try #require(Key(name))) }
    return prompt
  }

  @Test func edits() throws {
    #expect(try edit("", "a", "b", "left", "c").text == "acb")
    #expect(try edit("abc", "home", "delete", "end", "backspace").text == "b")
    #expect(try edit("one two.png", "ctrl-w").text == "one two.")
    #expect(try edit("one two", "ctrl-left", "ctrl-left", "ctrl-right", "ctrl-k").text == "one")
    #expect(try edit("one two", "left", "ctrl-u").text == "o")
    #expect(try edit("", "backspace", "delete", "left", "right", "ctrl-w", "ctrl-d").text == "")
    #expect(try edit("日本", "backspace", "é").text == "日é")
  }

  @Test(arguments: [
    ("enter", PromptLine.Outcome.accepted), ("escape", .cancelled), ("ctrl-c", .cancelled), ("f1", .ignored),
    ("alt-x", .ignored), ("a", .edited),
  ])
  func outcomes(key: String, outcome: PromptLine.Outcome) throws {
    var prompt = PromptLine(label: "")
    #expect(prompt.handle(try #require(Key(key))) == outcome)
  }

  @Test func pastesStayOneLineAndBounded() {
    var prompt = PromptLine(label: "")
    prompt.insert("a\nb")
    #expect(prompt.text == "a b" && prompt.cursor == 3)
    prompt.insert(String(repeating: "x", count: 100_000))
    #expect(prompt.text.count == 4096)
    _ = prompt.handle(Key(.character("y")))
    #expect(prompt.text.count == 4096)
  }

  @Test func scrollsToTheCursor() throws {
    var cells = CellBuffer(width: 8, height: 1)
    try edit("abcdefghij").render(into: &cells, cells.bounds, styles: WidgetStyles())
    #expect(cells.lines == ["> fghij"])
    #expect(cells[7, 0].style == WidgetStyles().cursor)
    try edit("abcdefghij", "home").render(into: &cells, cells.bounds, styles: WidgetStyles())
    #expect(cells.lines == ["> abcdef"])
    #expect(cells[2, 0].style == WidgetStyles().cursor)
  }
}
