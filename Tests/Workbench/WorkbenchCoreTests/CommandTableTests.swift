import TerminalScreen
import Testing
import WorkbenchCore

@Suite struct CommandTableTests {
  @Test(arguments: CommandTable.all)
  func everyCommandIsComplete(command: Command) {
    #expect(!command.id.isEmpty && command.id.allSatisfy { $0.isLowercase || $0 == "-" || $0.isNumber })
    #expect(!command.title.isEmpty)
    #expect(!command.help.isEmpty && !command.help.hasSuffix("."))
    #expect(!command.keys.isEmpty, "every command has a key")
    #expect(!command.contexts.isEmpty)
  }

  @Test func idsAreUnique() {
    #expect(Set(CommandTable.all.map(\.id)).count == CommandTable.all.count)
  }

  @Test func noKeyMeansTwoThings() {
    #expect(KeyMap().clash == nil)
  }

  @Test(arguments: CommandTable.all)
  func everyCommandHasAKeyThatNoOtherTakes(command: Command) {
    let map = KeyMap()
    #expect(
      command.contexts.contains { context in
        command.keys.contains { map.command(for: $0, in: context)?.id == command.id }
      })
  }

  @Test(arguments: [
    ("enter", Command.Context.image, "add"), ("x", .image, "exclude"), ("+", .image, "zoom-in"),
    ("-", .image, "zoom-out"), ("0", .image, "zoom-fit"), ("u", .image, "undo"), ("U", .image, "redo"),
    ("ctrl-r", .image, "redo"), ("n", .image, "next"), ("p", .image, "previous"), ("c", .image, "clear"),
    ("s", .image, "save"), ("tab", .image, "next-pane"), ("?", .image, "help"), ("q", .image, "quit"),
    ("h", .image, "move-left"), ("shift-left", .image, "leap-left"), ("L", .image, "leap-right"),
    ("down", .image, "move-down"), ("down", .files, "list-down"), ("enter", .files, "open"),
    ("y", .question, "yes"), ("escape", .question, "no"), ("escape", .search, "search-close"),
    ("t", .image, "portrait"), ("f", .image, "faces"), ("enter", .parts, "toggle-part"),
    ("o", .parts, "only-part"),
    ("f", .layers, "features"), ("f", .files, "faces"), (":", .image, "palette"),
    ("enter", .tour, "tour-next"),
  ])
  func defaultKeys(name: String, context: Command.Context, id: String) throws {
    let key = try #require(Key(name))
    #expect(KeyMap().command(for: key, in: context)?.id == id)
  }

  @Test func overridesReplaceAllKeysOfACommand() throws {
    let map = KeyMap(overrides: ["undo": [Key.character("Q")]])
    #expect(map.command(for: .character("Q"), in: .image)?.id == "undo")
    #expect(map.command(for: .character("u"), in: .image) == nil)
  }
}
