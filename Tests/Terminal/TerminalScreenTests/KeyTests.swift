import TerminalScreen
import Testing

@Suite struct KeyTests {
  @Test(arguments: [
    ("q", Key(.character("q"))), ("?", Key(.character("?"))), ("Q", Key(.character("Q"))),
    ("ctrl-r", Key(.character("r"), modifiers: .control)), ("alt-x", Key(.character("x"), modifiers: .alt)),
    ("shift-left", Key(.left, modifiers: .shift)), ("f12", Key(.function(12))), ("-", Key(.character("-"))),
    ("ctrl-minus", Key(.character("-"), modifiers: .control)), ("page-down", Key(.pageDown)),
    ("space", Key(.character(" "))), ("shift-tab", Key(.backTab)), ("escape", Key(.escape)),
    ("ctrl-alt-delete", Key(.delete, modifiers: [.control, .alt])),
  ])
  func namesParseAndPrint(name: String, key: Key) {
    #expect(Key(name) == key)
    #expect(key.description == name)
  }

  @Test func shiftOnALetterIsTheCapital() { #expect(Key("shift-q") == Key(.character("Q"))) }

  @Test(arguments: ["", "ctrl-", "f0", "f25", "hyper-x", "ab"])
  func unknownNames(name: String) { #expect(Key(name) == nil) }
}
