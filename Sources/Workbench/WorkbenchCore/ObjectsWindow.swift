import Annotations

/// Which objects the objects pane lists: the topmost first, as many as fit, with the selected one among them.
public struct ObjectsWindow: Equatable, Sendable {
  /// Rows of the pane above the list, for the names of the panes and the headings.
  static let rowsAbove = 2
  /// Rows below the list, for what there is to say of the selected object.
  static let rowsBelow = 1

  /// The screen row of the first object.
  public let top: Int
  /// The objects listed.
  public let ids: [AnnotatedObject.ID]
  /// The place of the selected object among those listed; nil when none is selected.
  public let selected: Int?

  public init(state: State) {
    let pane = state.layout.layers
    top = pane.y + Self.rowsAbove
    let all = Self.order(state)
    let rows = min(max(pane.height - Self.rowsAbove - Self.rowsBelow, 0), all.count)
    let selection = state.document?.selection.flatMap { all.firstIndex(of: $0) }
    let first = ((selection ?? 0) - rows / 2).clamped(to: 0...(all.count - rows))
    ids = Array(all[first..<(first + rows)])
    selected = selection.map { $0 - first }
  }

  /// All objects in the order of the list.
  static func order(_ state: State) -> [AnnotatedObject.ID] { state.document?.objectIDs.reversed() ?? [] }

  /// The object in a row of the screen; nil when there is none.
  func id(atRow row: Int) -> AnnotatedObject.ID? {
    ids.indices.contains(row - top) ? ids[row - top] : nil
  }
}
