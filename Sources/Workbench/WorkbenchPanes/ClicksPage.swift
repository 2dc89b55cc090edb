import Profiling
import TerminalScreen
import TerminalWidgets
import WorkbenchCore

/// The last click's time, stage by stage, against what users accept, and the clicks before it.
struct ClicksPage {
  let theme: Theme

  func render(_ state: State, into cells: inout CellBuffer) {
    let clicks = state.profiling.clicks.clicks
    let title = LowerTitle(detail: "\(clicks.count) click\(clicks.count == 1 ? "" : "s")")
    let body = title.render(state, into: &cells, theme: theme)
    var page = PageWriter(body, theme: theme)
    guard let click = clicks.last else {
      page.paragraph("Click an object: where its milliseconds go appears here.", .dim, into: &cells)
      return
    }
    let slowest = click.stages.max { $0.milliseconds < $1.milliseconds }?.milliseconds ?? 1
    page.line("\(number(click.total)) ms, most of it \(click.slowestStage)", .accent, into: &cells)
    for stage in click.stages {
      let isSlowest = stage.name == click.slowestStage
      bar(stage, of: slowest, isSlowest ? .accent : .text, &page, into: &cells)
    }
    if let decode = click.decode {
      page.line("earlier, to open the photo", right: "\(number(decode))", .dim, into: &cells)
    }
    page.skip()
    for budget in LatencyBudget.all { line(budget, click, &page, into: &cells) }
    page.skip()
    history(clicks, &page, into: &cells)
  }

  private func bar(
    _ stage: (name: String, milliseconds: Double), of longest: Double, _ role: Theme.Role,
    _ page: inout PageWriter, into cells: inout CellBuffer
  ) {
    guard let row = page.next() else { return }
    let name = TextFitting.fitted(stage.name, columns: 10)
    cells.write(name, x: row.x, y: row.y, style: theme.style(role), clip: row)
    let gauge = Rect(x: row.x + 10, y: row.y, width: max(row.width - 18, 0), height: 1)
    Gauge(fraction: longest > 0 ? stage.milliseconds / longest : 0).render(
      into: &cells, gauge, styles: theme.widgetStyles)
    let text = TextFitting.fitted(number(stage.milliseconds), columns: 8, alignment: .right)
    cells.write(text, x: row.maxX - 8, y: row.y, style: theme.style(role), clip: row)
  }

  private func line(
    _ budget: LatencyBudget, _ click: LatencySplit, _ page: inout PageWriter, into cells: inout CellBuffer
  ) {
    let margin = budget.margin(of: click)
    let left = "\(budget.name), \(number(budget.milliseconds)) ms\(budget.isOfNetwork ? " network" : "")"
    page.line(
      left, right: margin >= 0 ? "\(number(margin)) left" : "\(number(-margin)) over",
      margin >= 0 ? .positive : .negative, into: &cells)
  }

  /// The totals of the last clicks as bars, green within the first budget and red beyond.
  private func history(_ clicks: [LatencySplit], _ page: inout PageWriter, into cells: inout CellBuffer) {
    let totals = clicks.map(\.total)
    let times = RunStatistics(totals)
    page.line("p50 \(number(times.p50))  p95 \(number(times.p95)) ms", .dim, into: &cells)
    guard let row = page.next() else { return }
    let shown = clicks.suffix(row.width)
    for (index, bar) in Sparkline.text(totals, columns: row.width).enumerated() {
      let click = shown[shown.startIndex + index]
      let role: Theme.Role = click.isWithinBudget ? .positive : .negative
      cells.write(String(bar), x: row.x + index, y: row.y, style: theme.style(role), clip: row)
    }
  }

  private func number(_ milliseconds: Double) -> String {
    LayersPane.number(milliseconds, digits: milliseconds < 10 ? 2 : milliseconds < 100 ? 1 : 0)
  }
}
