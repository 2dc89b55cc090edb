import Annotations

/// Which steps the history pane lists: in the order in which they were taken, as many as fit, with the selected one
/// among them.
public struct HistoryWindow: Equatable, Sendable {
  /// Rows of the pane above the list, for the names of the panes.
  static let rowsAbove = 1

  /// The screen row of the first step.
  public let top: Int
  /// The steps listed.
  public let range: Range<Document.Step.ID>
  /// The selected step.
  public let selected: Document.Step.ID

  public init(state: State) {
    let pane = state.layout.layers
    top = pane.y + Self.rowsAbove
    let count = state.document?.steps.count ?? 0
    selected = state.selectedStep ?? state.document?.current ?? 0
    let rows = min(max(pane.height - Self.rowsAbove, 0), count)
    let first = (selected - rows / 2).clamped(to: 0...(count - rows))
    range = first..<(first + rows)
  }

  /// The step in a row of the screen; nil when there is none.
  func step(atRow row: Int) -> Document.Step.ID? {
    let step = range.lowerBound + row - top
    return row >= top && range.contains(step) ? step : nil
  }
}
