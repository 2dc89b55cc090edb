/// What the layers pane shows: as many rows as fit with the selected one among them, and below them, while the pane has the
/// keyboard, the selected layer in full.
public struct LayersWindow: Equatable, Sendable {
  /// Rows of the pane above the list, for its title and the headings, and below, for the remainder and the sum.
  static let surroundingRows = 4
  /// Rows of the selected layer with the rule above.
  public static let detailRows = 8
  /// Rows that must be left for the list.
  private static let leastRows = 3

  /// Places of the rows shown, in the order that the user chose.
  public let range: Range<Int>
  /// Whether the selected layer is shown in full.
  public let hasDetail: Bool

  public init(state: State) {
    let space = max(state.layout.layers.height - Self.surroundingRows, 0)
    let count = state.layers?.rows.count ?? 0
    hasDetail = state.focus == .layers && count > 0 && space >= Self.detailRows + Self.leastRows
    let rows = min(space - (hasDetail ? Self.detailRows : 0), count)
    let first = (state.selectedLayer - rows / 2).clamped(to: 0...(count - rows))
    range = first..<(first + rows)
  }
}
