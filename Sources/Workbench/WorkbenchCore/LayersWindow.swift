/// What the layers pane shows: what is measured, as many rows as fit with the selected one among them, and below them, while the
/// pane has the keyboard, the selected layer in full.
public struct LayersWindow: Equatable, Sendable {
  /// Rows of the pane above the list, for its title and the headings, and below, for the remainder and the sum.
  static let surroundingRows = 4
  /// Rows of a benchmark's description.
  private static let benchmarkRows = 4
  /// Rows of the selected layer with the rule above: with neighbours and weights where there is space, else without.
  private static let detailRows = [14, 8]
  /// Rows that must be left for the list.
  private static let leastRows = 3

  /// Places of the rows shown, in the order that the user chose.
  public let range: Range<Int>
  /// Rows of the benchmark's description; none when nothing is measured.
  public let headerRows: Int
  /// Rows of the selected layer in full; none when it is not shown.
  public let detailRows: Int

  public init(state: State) {
    headerRows = state.profiling.benchmark.phase == .none ? 0 : Self.benchmarkRows
    let space = max(state.layout.layers.height - Self.surroundingRows - headerRows, 0)
    let count = state.layers?.rows.count ?? 0
    let isWanted = state.focus == .layers && count > 0
    // The longer of the two only where it leaves the list some space.
    let fitting = Self.detailRows.enumerated().first { place, rows in
      space >= rows + Self.leastRows * (place == 0 ? 3 : 1)
    }
    detailRows = isWanted ? fitting?.element ?? 0 : 0
    let rows = min(space - detailRows, count)
    let first = (state.selectedLayer - rows / 2).clamped(to: 0...(count - rows))
    range = first..<(first + rows)
  }
}
