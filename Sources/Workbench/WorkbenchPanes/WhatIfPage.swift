import Foundation
import Profiling
import TerminalScreen
import TerminalWidgets
import WorkbenchCore

/// A model at another size: predicted from the layers, then measured.
struct WhatIfPage {
  let theme: Theme

  func render(_ state: State, into cells: inout CellBuffer) {
    let profiling = state.profiling
    let body = LowerTitle().render(state, into: &cells, theme: theme)
    var page = PageWriter(body, theme: theme)
    page.line("resolution ×\(factor(profiling.question.resolution))", right: "{ }", into: &cells)
    page.line("width ×\(factor(profiling.question.width))", right: "[ ]", into: &cells)
    if let note = profiling.answerNote { page.paragraph(note, .accent, into: &cells) }
    guard let answer = profiling.answer else {
      if profiling.answerNote == nil {
        page.paragraph(
          "R predicts the latency from the measured layers and then measures it.", .dim, into: &cells)
      }
      return
    }
    let millions = LayersPane.number(Double(answer.multiplyAdds) / 1e6, digits: 1)
    page.line("\(millions) MMAC, \(answer.parameters) weights", .dim, into: &cells)
    page.line("now", right: "\(LayersPane.number(answer.base, digits: 2)) ms", into: &cells)
    page.line(
      "predicted", right: "\(LayersPane.number(answer.predicted, digits: 2)) ms", .accent, into: &cells)
    if let measured = answer.measured, let error = answer.error {
      page.line("measured", right: "\(LayersPane.number(measured, digits: 2)) ms", .accent, into: &cells)
      page.line(
        "predictor's error", right: String(format: "%+.1f %%", 100 * error),
        abs(error) < 0.1 ? .positive : .warning,
        into: &cells)
    }
    let rect = page.remaining
    let height = max(rect.height - 1, 0)
    let first = max(min(state.selectedLayer - height / 2, answer.rows.count - height), 0)
    let table = Table(
      columns: [
        Table.Column("", cut: .leadingWords), Table.Column("pred.", width: 6, alignment: .right),
        Table.Column("meas.", width: 6, alignment: .right),
      ],
      rows: answer.rows[first..<min(first + height, answer.rows.count)].map { row in
        Table.Row(
          [row.name, LayerCells.number(row.predicted, 3), LayerCells.number(row.measured, 3)],
          style: theme.style(.text))
      })
    table.render(into: &cells, rect, styles: theme.widgetStyles)
  }

  private func factor(_ value: Double) -> String { String(format: "%.2f", value) }
}
