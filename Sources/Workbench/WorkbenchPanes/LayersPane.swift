import Foundation
import TerminalScreen
import TerminalWidgets
import WorkbenchCore

/// Where the network's last run spent its time: its steps with milliseconds and share, the slowest marked.
struct LayersPane {
  let theme: Theme

  func render(_ state: State, into cells: inout CellBuffer) {
    let pane = state.layout.layers
    guard !pane.isEmpty else { return }
    let title = PaneTitle(
      text: "Layers", detail: state.layers == nil ? "" : state.layerOrder.rawValue,
      hasFocus: state.focus == .layers)
    let body = title.render(into: &cells, pane, theme: theme)
    guard let layers = state.layers else { return renderHint(state, body, into: &cells) }
    let footerHeight = min(2, body.height)
    let window = LayersWindow(state: state)
    let detailHeight = window.hasDetail ? LayersWindow.detailRows : 0
    let list = Rect(
      x: body.x, y: body.y, width: body.width, height: body.height - footerHeight - detailHeight)
    let rows = layers.rows(in: state.layerOrder)
    // Only the rows that are seen become text, so that networks of thousands of layers scroll as small ones do.
    var table = table(of: rows[window.range], nameWidth: body.width - 14)
    if state.focus == .layers { table.selection = state.selectedLayer - window.range.lowerBound }
    table.render(into: &cells, list, styles: theme.widgetStyles)
    let footer = Rect(x: body.x, y: list.maxY, width: body.width, height: footerHeight)
    renderFooter(layers, footer, into: &cells)
    if window.hasDetail, rows.indices.contains(state.selectedLayer) {
      let rect = Rect(x: body.x, y: footer.maxY, width: body.width, height: detailHeight)
      let step = rows[state.selectedLayer].step
      LayerDetail(theme: theme).render(
        step, history: state.layerHistory.milliseconds(of: step.name), rect, into: &cells)
    }
  }

  private func table(of rows: ArraySlice<LayerTable.Row>, nameWidth: Int) -> Table {
    Table(
      columns: [
        Table.Column("", width: 1), Table.Column("", cut: .start),
        Table.Column("ms", width: 6, alignment: .right),
        Table.Column("%", width: 4, alignment: .right),
      ],
      rows: rows.map { row in
        Table.Row(
          [
            row.isSlowest ? "▸" : "", Self.shortName(row.name, columns: nameWidth),
            Self.number(row.milliseconds, digits: 2),
            Self.number(row.share * 100, digits: 1),
          ],
          style: theme.style(row.isSlowest ? .accent : .text))
      })
  }

  /// A name without its first word, the network's part, where the whole is too long.
  static func shortName(_ name: String, columns: Int) -> String {
    guard name.count > columns, let dot = name.firstIndex(of: ".") else { return name }
    return String(name[name.index(after: dot)...])
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
