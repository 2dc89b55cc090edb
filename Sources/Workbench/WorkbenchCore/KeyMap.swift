import TerminalScreen

/// Which command a key means.
public struct KeyMap: Sendable {
  private var commands: [Command.Context: [Key: String]] = [:]
  private var keys: [String: [Key]] = [:]

  /// Two commands that want the same key in the same context.
  public struct Clash: Equatable, Sendable {
    public let key: Key
    public let first: String
    public let second: String
  }

  /// The first clash of the overrides with another command; nil when each key means one thing.
  public private(set) var clash: Clash?

  /// The table's keys, replaced where `overrides` names a command's id.
  public init(overrides: [String: [Key]] = [:]) {
    for command in CommandTable.all {
      let own = overrides[command.id] ?? command.keys
      keys[command.id] = own
      for context in Command.Context.allCases where command.contexts.contains(context) {
        for key in own {
          if let other = commands[context]?[key], clash == nil {
            clash = Clash(key: key, first: other, second: command.id)
          }
          commands[context, default: [:]][key] = command.id
        }
      }
    }
  }

  /// The command that a key means in a context.
  public func command(for key: Key, in context: Command.Context) -> Command? {
    commands[context]?[key].flatMap(CommandTable.command)
  }

  /// The keys of a command, the most telling first.
  public func keys(for command: Command) -> [Key] { keys[command.id] ?? [] }
}
