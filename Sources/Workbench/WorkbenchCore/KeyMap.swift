import TerminalScreen

/// Which command a key means.
///
/// Where two commands want the same key, the one that fewer contexts have takes it: in the layers pane `f` shows a
/// layer's features, in all others faces. A key that a command has in one context alone counts as such.
public struct KeyMap: Sendable {
  /// A command that has a key, and how many contexts it has it in.
  private struct Claim {
    var id: String
    var breadth: Int
  }

  private var claims: [Command.Context: [Key: Claim]] = [:]
  private var keys: [String: [Key]] = [:]
  private var localKeys: [String: [Command.Context: [Key]]] = [:]

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
        for key in own { claim(key, in: context, for: command, breadth: command.contexts.count) }
        guard overrides[command.id] == nil, let local = command.local[context]?.keys else { continue }
        localKeys[command.id, default: [:]][context] = local
        for key in local { claim(key, in: context, for: command, breadth: 1) }
      }
    }
  }

  private mutating func claim(_ key: Key, in context: Command.Context, for command: Command, breadth: Int) {
    let other = claims[context]?[key]
    if let other, other.breadth == breadth, other.id != command.id, clash == nil {
      clash = Clash(key: key, first: other.id, second: command.id)
    }
    if other.map({ breadth <= $0.breadth }) ?? true {
      claims[context, default: [:]][key] = Claim(id: command.id, breadth: breadth)
    }
  }

  /// The command that a key means in a context.
  public func command(for key: Key, in context: Command.Context) -> Command? {
    claims[context]?[key].flatMap { CommandTable.command($0.id) }
  }

  /// The keys of a command, the most telling first.
  public func keys(for command: Command) -> [Key] { keys[command.id] ?? [] }

  /// The keys that mean a command in a context, the most telling first.
  public func keys(for command: Command, in context: Command.Context) -> [Key] {
    let all = (localKeys[command.id]?[context] ?? []) + keys(for: command)
    return all.filter { claims[context]?[$0]?.id == command.id }
  }
}
