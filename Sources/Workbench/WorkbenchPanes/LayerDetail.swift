import Profiling
import TerminalScreen
import TerminalWidgets
import WorkbenchCore

/// One layer in full: what runs, how fast, and how its last runs compare.
struct LayerDetail {
  let theme: Theme

  /// Draws the layer below a rule.
  /// - Parameter history: Milliseconds of its last runs, the newest last.
  func render(_ step: LayerTable.Step, history: [Double], _ rect: Rect, into cells: inout CellBuffer) {
    cells.write(
      String(repeating: "─", count: max(rect.width, 0)), x: rect.x, y: rect.y, style: theme.style(.rule),
      clip: rect)
    for (index, (text, role)) in lines(step, history, width: rect.width).prefix(max(rect.height - 1, 0))
      .enumerated()
    {
      cells.write(
        TextFitting.shortened(text, columns: rect.width, cut: index == 0 ? .start : .end), x: rect.x,
        y: rect.y + 1 + index, style: theme.style(role), clip: rect)
    }
  }

  private func lines(_ step: LayerTable.Step, _ history: [Double], width: Int) -> [(String, Theme.Role)] {
    let number = { (value: Double, digits: Int) in LayersPane.number(value, digits: digits) }
    let bars = Sparkline.text(history, columns: max(width - 9, 0))
    var lines: [(String, Theme.Role)] = [
      (step.name, .accent), ("\(step.type) \(step.shape)", .text), (step.kernel, .dim),
      (
        "\(number(Double(step.multiplyAdds) / 1e6, 1)) MMAC  \(number(step.gigaflops, 1)) GFLOP/s", .text
      ),
    ]
    lines.append(("\(step.bytes / 1024) KiB of operands", .text))
    guard !history.isEmpty else { return lines }
    let times = RunStatistics(history)
    lines.append(("p50 \(number(times.p50, 2))  p95 \(number(times.p95, 2)) ms", .text))
    lines.append(("\(bars) \(history.count) run\(history.count == 1 ? "" : "s")", .dim))
    return lines
  }
}
