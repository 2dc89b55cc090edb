import Foundation
import TerminalScreen
import TerminalWidgets
import VisionTasks
import WorkbenchCore

/// The table of the parts of faces beside the picture: colour, name, pixels, share of the picture, and how sure the parser
/// is of them.
struct PartsPane {
  /// Narrower panes leave the count of pixels out, so that names can be read.
  private static let leastWidthWithPixels = 30

  let theme: Theme

  func render(_ state: State, into cells: inout CellBuffer) {
    let pane = state.layout.layers
    guard !pane.isEmpty, let faces = state.faces else { return }
    let count = faces.parsing.faces.count
    let title = LowerTitle(detail: "\(count) \(count == 1 ? "face" : "faces")")
    let body = title.render(state, into: &cells, theme: theme)
    let figures = faces.figures.filter { $0.part != .background }
    let hasPixels = body.width >= Self.leastWidthWithPixels
    let numbers = [
      hasPixels ? Table.Column("px", width: 7, alignment: .right) : nil,
      Table.Column("%", width: 4, alignment: .right), Table.Column("sure", width: 4, alignment: .right),
    ].compactMap { $0 }
    var table = Table(
      columns: [Table.Column("", width: 1), Table.Column("")] + numbers,
      rows: figures.map { row($0, isShown: state.people.isShown($0.part), hasPixels: hasPixels) })
    if state.focus == .layers { table.selection = state.people.selectedPart - 1 }
    table.render(into: &cells, body, styles: theme.widgetStyles)
    // The colours of the picture stand before the names of what is drawn: as ground, which needs no glyph that a
    // terminal's font may lack.
    for (index, line) in figures.enumerated() where state.people.isShown(line.part) {
      let y = body.y + 1 + index
      guard y < body.maxY else { break }
      var style = theme.style(.text)
      let color = line.part.color
      style.background = .rgb(red: color.red, green: color.green, blue: color.blue)
      cells.write(" ", x: body.x, y: y, style: style, clip: body)
    }
  }

  private func row(_ figures: FaceParsing.PartFigures, isShown: Bool, hasPixels: Bool) -> Table.Row {
    let isThere = figures.pixels > 0
    let pixels = isThere ? "\(figures.pixels)" : "–"
    return Table.Row(
      [isShown ? " " : "·", figures.part.name] + (hasPixels ? [pixels] : []) + [
        isThere ? LayersPane.number(100 * figures.share, digits: 1) : "–",
        isThere ? String(format: "%.2f", figures.meanConfidence) : "–",
      ],
      style: theme.style(isShown && isThere ? .text : .dim))
  }
}
