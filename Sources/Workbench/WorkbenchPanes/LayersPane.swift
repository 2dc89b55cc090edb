import Foundation
import TerminalScreen
import TerminalWidgets
import WorkbenchCore

/// Where the network's last run spent its time: its steps with milliseconds and share, the slowest marked.
struct LayersPane {
  let theme: Theme

  func render(_ state: State, into cells: inout CellBuffer) {
    guard !state.layout.layers.isEmpty else { return }
    switch state.profiling.page {
    case .layers: renderLayers(state, into: &cells)
    case .clicks: ClicksPage(theme: theme).render(state, into: &cells)
    case .compare: ComparePage(theme: theme).render(state, into: &cells)
    case .whatIf: WhatIfPage(theme: theme).render(state, into: &cells)
    }
  }

  private func renderLayers(_ state: State, into cells: inout CellBuffer) {
    let title = LowerTitle(detail: state.layers == nil ? "" : state.layerOrder.rawValue)
    let body = title.render(state, into: &cells, theme: theme)
    let window = LayersWindow(state: state)
    BenchmarkHeader(theme: theme).render(
      state, Rect(x: body.x, y: body.y, width: body.width, height: window.headerRows), into: &cells)
    let rest = Rect(
      x: body.x, y: body.y + window.headerRows, width: body.width,
      height: max(body.height - window.headerRows, 0))
    guard let layers = state.layers else { return renderHint(state, rest, into: &cells) }
    let footerHeight = min(2, rest.height)
    let list = Rect(
      x: rest.x, y: rest.y, width: rest.width, height: max(rest.height - footerHeight - window.detailRows, 0))
    let rows = layers.rows(in: state.layerOrder)
    // Only the rows that are seen become text, so that networks of thousands of layers scroll as small ones do.
    let slowest = rows.first { $0.isSlowest }?.milliseconds ?? 0
    var table =
      state.layout.isWide
      ? wideTable(of: rows, window.range, state, width: body.width, slowest: slowest)
      : narrowTable(of: rows[window.range], slowest: slowest)
    if state.focus == .layers { table.selection = state.selectedLayer - window.range.lowerBound }
    table.render(into: &cells, list, styles: theme.widgetStyles)
    let footer = Rect(x: body.x, y: list.maxY, width: body.width, height: footerHeight)
    renderFooter(layers, footer, into: &cells)
    if window.detailRows > 0, rows.indices.contains(state.selectedLayer) {
      let rect = Rect(x: body.x, y: footer.maxY, width: body.width, height: window.detailRows)
      LayerDetail(theme: theme).render(rows[state.selectedLayer].step, state, rect, into: &cells)
    }
  }

  /// The name and as many columns of numbers as fit, from the one on that the user scrolled to.
  private func wideTable(
    of rows: [LayerTable.Row], _ range: Range<Int>, _ state: State, width: Int, slowest: Double
  ) -> Table {
    let nameWidth = min(max(width / 4, 18), 40)
    var space = width - nameWidth - 3
    let columns = LayerColumn.allCases.dropFirst(state.profiling.firstColumn).prefix { column in
      space -= column.width + 1
      return space >= -1
    }
    var cumulative = rows[..<range.lowerBound].reduce(0) { $0 + $1.share }
    return Table(
      columns: [Table.Column("", width: 1), Table.Column("node", cut: .leadingWords)]
        + columns.map { column in
          Table.Column(
            column.rawValue, width: column.width, alignment: column.isText ? .left : .right,
            cut: column == .kernel ? .end : .start)
        },
      rows: rows[range].map { row in
        cumulative += row.share
        let cells = LayerCells(row, cumulativeShare: cumulative, state.layerHistory)
        return Table.Row(
          [row.isSlowest ? "▸" : "", row.name] + columns.map(cells.text),
          heat: slowest > 0 ? row.milliseconds / slowest : 0,
          style: theme.style(row.isSlowest ? .accent : .text))
      }, heatColumn: 1)
  }

  private func narrowTable(of rows: ArraySlice<LayerTable.Row>, slowest: Double) -> Table {
    Table(
      columns: [
        Table.Column("", width: 1), Table.Column("", cut: .leadingWords),
        Table.Column("ms", width: 6, alignment: .right),
        Table.Column("%", width: 4, alignment: .right),
      ],
      rows: rows.map { row in
        Table.Row(
          [
            row.isSlowest ? "▸" : "", row.name, Self.number(row.milliseconds, digits: 2),
            Self.number(row.share * 100, digits: 1),
          ],
          heat: slowest > 0 ? row.milliseconds / slowest : 0,
          style: theme.style(row.isSlowest ? .accent : .text))
      }, heatColumn: 1)
  }

  /// What the steps leave unexplained, and the sum.
  private func renderFooter(_ layers: LayerTable, _ rect: Rect, into cells: inout CellBuffer) {
    let share = layers.milliseconds > 0 ? layers.remainder / layers.milliseconds : 0
    let lines = [
      ("untimed", layers.remainder, share, Theme.Role.dim),
      ("\(layers.rows.count) layers", layers.milliseconds, 1, Theme.Role.text),
    ]
    for (index, (name, milliseconds, share, role)) in lines.prefix(rect.height).enumerated() {
      let numbers =
        TextFitting.fitted(Self.number(milliseconds, digits: 2), columns: 6, alignment: .right) + " "
        + TextFitting.fitted(Self.number(share * 100, digits: 1), columns: 4, alignment: .right)
      let text = TextFitting.fitted("  " + name, columns: rect.width - 11) + numbers
      cells.write(text, x: rect.x, y: rect.y + index, style: theme.style(role), clip: rect)
    }
  }

  private func renderHint(_ state: State, _ rect: Rect, into cells: inout CellBuffer) {
    if state.profiling.benchmark.isUnderWay { return }
    let text = "Click an object: the time of each layer of the network appears here."
    for (index, line) in TextFitting.wrapped(text, columns: rect.width).prefix(rect.height).enumerated() {
      cells.write(line, x: rect.x, y: rect.y + index, style: theme.style(.dim), clip: rect)
    }
  }

  /// A number with a fixed count of digits behind the point, so that columns line up.
  static func number(_ value: Double, digits: Int) -> String {
    String(format: "%.\(value >= 100 ? max(digits - 1, 0) : digits)f", value)
  }
}
