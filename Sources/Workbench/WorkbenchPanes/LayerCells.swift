import TerminalWidgets
import WorkbenchCore

/// What the layers pane writes into the columns of a row.
struct LayerCells {
  let row: LayerTable.Row
  /// The share of this row and all above.
  let cumulativeShare: Double
  /// Milliseconds of the last runs, the newest last.
  let history: [Double]
  let times: LayerTable.Times?

  init(_ row: LayerTable.Row, cumulativeShare: Double, _ all: LayerHistory) {
    self.row = row
    self.cumulativeShare = cumulativeShare
    history = all.milliseconds(of: row.name)
    times = row.step.times ?? LayerTable.Times(history, first: all.first(of: row.name))
  }

  func text(_ column: LayerColumn) -> String {
    let step = row.step
    switch column {
    case .mean: return Self.number(row.milliseconds, 3)
    case .share: return Self.number(100 * row.share, 1)
    case .cumulativeShare: return Self.number(100 * cumulativeShare, 1)
    case .p50: return Self.number(times?.p50, 3)
    case .p95: return Self.number(times?.p95, 3)
    case .min: return Self.number(times?.min, 3)
    case .max: return Self.number(times?.max, 3)
    case .first: return Self.number(times?.first, 3)
    case .last: return Self.number(times?.last, 3)
    case .gigaflops: return step.multiplyAdds == 0 ? "" : Self.number(step.gigaflops, 1)
    case .peakShare: return step.multiplyAdds == 0 ? "" : Self.number(step.peakShare.map { 100 * $0 }, 0)
    case .bound: return step.multiplyAdds == 0 && step.bound != nil ? "memory" : step.bound?.rawValue ?? ""
    case .multiplyAdds: return step.multiplyAdds == 0 ? "" : Self.number(Double(step.multiplyAdds) / 1e6, 2)
    case .parameters: return step.parameters == 0 ? "" : "\(step.parameters)"
    case .shape: return step.shape
    case .type: return step.calls == 1 ? step.type : "\(step.type) ×\(step.calls)"
    case .kernel: return step.kernel
    case .history: return Sparkline.text(history, columns: column.width)
    }
  }

  /// A number that fits into six columns; nothing for nil.
  static func number(_ value: Double?, _ digits: Int) -> String {
    guard let value else { return "" }
    return LayersPane.number(value, digits: value >= 1000 ? 0 : value >= 10 ? min(digits, 2) : digits)
  }
}
