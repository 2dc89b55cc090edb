import Foundation
import Profiling
import TerminalScreen
import TerminalWidgets
import WorkbenchCore

/// One layer in full: what runs, how fast, how its last runs compare, its weights, neighbours and attributes.
struct LayerDetail {
  let theme: Theme

  /// Draws the layer below a rule.
  func render(_ step: LayerTable.Step, _ state: State, _ rect: Rect, into cells: inout CellBuffer) {
    cells.write(
      String(repeating: "─", count: max(rect.width, 0)), x: rect.x, y: rect.y, style: theme.style(.rule),
      clip: rect)
    let history = state.layerHistory.milliseconds(of: step.name)
    let found = state.profiling.inspection.flatMap { $0.facts.layer == step.name ? $0 : nil }
    let lines =
      measured(step, history, width: rect.width) + (found.map { facts($0, state, width: rect.width) } ?? [])
    for (index, (text, role)) in lines.prefix(max(rect.height - 1, 0)).enumerated() {
      cells.write(
        TextFitting.shortened(text, columns: rect.width, cut: index == 0 ? .start : .end), x: rect.x,
        y: rect.y + 1 + index, style: theme.style(role), clip: rect)
    }
  }

  private func measured(_ step: LayerTable.Step, _ history: [Double], width: Int) -> [(String, Theme.Role)] {
    let number = { (value: Double, digits: Int) in LayersPane.number(value, digits: digits) }
    let bars = Sparkline.text(history, columns: max(width - 9, 0))
    var speed = "\(number(Double(step.multiplyAdds) / 1e6, 1)) MMAC  \(number(step.gigaflops, 1)) GFLOP/s"
    if let share = step.peakShare, step.multiplyAdds > 0 { speed += "  \(number(100 * share, 0)) % of peak" }
    var lines: [(String, Theme.Role)] = [
      (step.name, .accent), ("\(step.type) \(step.shape)", .text), (step.kernel, .dim), (speed, .text),
    ]
    let bound = step.bound.map { "  bound by \(step.multiplyAdds == 0 ? "memory" : $0.rawValue)" } ?? ""
    lines.append(("\(step.bytes / 1024) KiB of operands\(bound)", .text))
    guard !history.isEmpty else { return lines }
    let times = RunStatistics(history)
    lines.append(("p50 \(number(times.p50, 2))  p95 \(number(times.p95, 2)) ms", .text))
    lines.append(("\(bars) \(history.count) run\(history.count == 1 ? "" : "s")", .dim))
    return lines
  }

  private func facts(_ found: InspectedLayer, _ state: State, width: Int) -> [(String, Theme.Role)] {
    var lines: [(String, Theme.Role)] = []
    if let view = state.profiling.featureView, let map = found.features {
      lines.append(("shown: \(view.rawValue) of \(map.channels)×\(map.height)×\(map.width)", .accent))
    } else if let note = found.note {
      lines.append((note, .warning))
    }
    let facts = found.facts
    if let weights = facts.weights {
      let bars = Sparkline.text(weights.bins.map(Double.init), columns: max(width - 18, 0))
      let ends = String(format: "%.2f … %.2f", weights.min, weights.max)
      lines.append(("\(bars) \(ends)", .text))
      let zeros = 100 * Double(weights.zeros) / Double(weights.count)
      lines.append(
        (
          String(format: "\(weights.count) weights, σ %.3f, %.1f %% zero", weights.standardDeviation, zeros),
          .dim
        ))
    }
    lines.append(("from \(facts.inputs.joined(separator: ", "))", .text))
    lines.append(("to \(facts.outputs.joined(separator: ", "))", .text))
    lines += facts.attributes.map { ("\($0.name): \($0.value)", .dim) }
    return lines
  }
}
