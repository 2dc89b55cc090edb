/// A part of the screen that can have the keyboard.
public enum Pane: String, CaseIterable, Sendable {
  case image
  case files
  case objects
  case history
  case layers

  /// The panes that share the lower right.
  public static let lower: [Pane] = [.objects, .history, .layers]
}

/// What is done in the pane of objects.
public enum ObjectsAction: Sendable {
  /// Gives the pane the keyboard and selects an object.
  case pick(Int)
  /// Hides an object or shows it again.
  case toggle(Int)
  /// Lists what can be done with an object; nil for the selected one.
  case showMenu(Int?)
}

/// What is done in the pane of history.
public enum HistoryAction: Sendable {
  /// Gives the pane the keyboard and selects a step without going there.
  case pick(Int)
  /// Goes to a step; nil for the selected one.
  case go(Int?)
  /// Removes or turns the click that the selected step added.
  case removeClick
  case flipClick
}
