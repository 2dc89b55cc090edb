/// All commands, in the order of the help.
public enum CommandTable {
  public static let all: [Command] =
    marking + drawing + editing + listing + viewing + seeing + people + filing + project + transferring
    + paneCommands + profiling + finding + searching + touring + programCommands

  /// The command of an id; nil when there is none.
  public static func command(_ id: String) -> Command? { byID[id] }

  private static let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
}

extension Command.Availability {
  /// Available if the condition holds.
  static func when(_ condition: Bool, else reason: String) -> Self {
    condition ? .available : .unavailable(reason)
  }
}

extension CommandTable {
  /// The contexts of the panes, where no popup is open.
  static let everyPane: Set<Command.Context> = [
    .image, .drawing, .files, .objects, .history, .layers, .parts,
  ]
  /// The picture, whatever is in hand.
  static let picture: Set<Command.Context> = [.image, .drawing]
  /// The panes where keys are about objects; while parts of faces are shown, objects are not.
  static let objectPanes = everyPane.subtracting([.parts])

  @Sendable static func needsPicture(_ state: State) -> Command.Availability {
    .when(state.view != nil, else: "no picture is open")
  }
}
