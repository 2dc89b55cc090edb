import Foundation
import Profiling
import TerminalScreen
import TerminalWidgets
import WorkbenchCore

/// Two profiles layer by layer, what got slower first; differences that may be chance are dim.
struct ComparePage {
  let theme: Theme

  func render(_ state: State, into cells: inout CellBuffer) {
    let title = LowerTitle(detail: state.profiling.isBaselineKept ? "kept" : "with the one before")
    let body = title.render(state, into: &cells, theme: theme)
    var page = PageWriter(body, theme: theme)
    guard let comparison = state.profiling.comparison else {
      page.paragraph(
        "Run a benchmark, change threads, instruction set or model, and run again: the differences appear here. "
          + "Keeping a profile compares all later ones with it.", .dim, into: &cells)
      return
    }
    page.line("A  \((comparison.left as NSString).lastPathComponent)", .dim, into: &cells)
    page.line("B  \((comparison.right as NSString).lastPathComponent)", .dim, into: &cells)
    page.line(Self.summary(comparison.endToEnd), role(comparison.endToEnd), into: &cells)
    let rows = comparison.rows.sorted { $0.difference > $1.difference }
    let rect = page.remaining
    let height = max(rect.height - 1, 0)
    let first = max(min(state.selectedLayer - height / 2, rows.count - height), 0)
    let table = Table(
      columns: [
        Table.Column("", cut: .leadingWords), Table.Column("A ms", width: 6, alignment: .right),
        Table.Column("B ms", width: 6, alignment: .right), Table.Column("B−A", width: 7, alignment: .right),
      ],
      rows: rows[first..<min(first + height, rows.count)].map { row in
        Table.Row(
          [
            row.name, LayerCells.number(row.left, 3), LayerCells.number(row.right, 3),
            String(format: "%+.3f", row.difference),
          ], style: theme.style(role(row)))
      })
    table.render(into: &cells, rect, styles: theme.widgetStyles)
  }

  private func role(_ row: ProfileComparison.Row) -> Theme.Role {
    guard row.isSignificant else { return .dim }
    return row.difference > 0 ? .negative : .positive
  }

  /// `12.3 → 10.1 ms, 18 % faster, by chance less than 0.0001`.
  static func summary(_ row: ProfileComparison.Row) -> String {
    guard let left = row.left, let right = row.right, left > 0 else { return "" }
    let times = "\(LayerCells.number(left, 2)) → \(LayerCells.number(right, 2)) ms"
    guard row.isSignificant else { return "\(times), no more than chance" }
    let change = String(format: "%.1f %%", 100 * abs(right / left - 1))
    return "\(times), \(change) \(right > left ? "slower" : "faster")"
  }
}
