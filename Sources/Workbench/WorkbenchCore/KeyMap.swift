import TerminalScreen

/// Which command a key means.
///
/// Where two commands want the same key, the one that fewer contexts have takes it: in the layers pane `f` shows a
/// layer's features, in all others faces.
public struct KeyMap: Sendable {
  private var commands: [Command.Context: [Key: String]] = [:]
  private var keys: [String: [Key]] = [:]

  /// Two commands that want the same key in the same context, with as many contexts each.
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
          guard let other = self.command(for: key, in: context) else {
            commands[context, default: [:]][key] = command.id
            continue
          }
          if other.contexts.count == command.contexts.count, clash == nil {
            clash = Clash(key: key, first: other.id, second: command.id)
          }
          if command.contexts.count <= other.contexts.count {
            commands[context, default: [:]][key] = command.id
          }
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
