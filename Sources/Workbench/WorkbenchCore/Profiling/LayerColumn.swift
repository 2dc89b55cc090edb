/// The columns of numbers and words that the layers pane has beside the name, in order.
public enum LayerColumn: String, CaseIterable, Sendable {
  case mean = "ms"
  case share = "%"
  case cumulativeShare = "cum %"
  case p50, p95, min, max, first, last
  case gigaflops = "GFLOP/s"
  case peakShare = "peak %"
  case bound
  case multiplyAdds = "MMAC"
  case parameters = "params"
  case shape = "output"
  case type, kernel
  case history = "last runs"

  /// The columns of the screen it takes.
  public var width: Int {
    switch self {
    case .mean, .p50, .p95, .min, .max, .first, .last, .peakShare, .multiplyAdds: 6
    case .share, .cumulativeShare: 5
    case .gigaflops, .parameters: 7
    case .bound: 10
    case .shape: 14
    case .type: 14
    case .kernel: 26
    case .history: 12
    }
  }

  /// Whether it holds words, which begin at the left.
  public var isText: Bool {
    switch self {
    case .bound, .shape, .type, .kernel, .history: true
    default: false
    }
  }
}
