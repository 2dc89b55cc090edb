import Profiling

/// What the layers pane lists: the steps of the last run with their times.
public struct LayerTable: Equatable, Sendable {
  /// One step of the network's run as it was measured.
  public struct Step: Equatable, Sendable {
    public var name: String
    public var milliseconds: Double
    /// The operator, the kernel that ran, and the shape of the first result; empty where nobody told.
    public var type, kernel, shape: String
    /// Multiplications with an addition, and the bytes of operands and results.
    public var multiplyAdds, bytes: Int
    /// The weights.
    public var parameters = 0
    /// How often it ran.
    public var calls = 1
    /// The share of what the machine can do at most, and which limit it runs under; nil where that is not known.
    public var peakShare: Double?
    public var bound: MachinePeak.Bound?
    /// The times of many runs; nil for a single one.
    public var times: Times?

    public init(
      _ name: String, milliseconds: Double, type: String = "", kernel: String = "", shape: String = "",
      multiplyAdds: Int = 0, bytes: Int = 0
    ) {
      self.name = name
      self.milliseconds = milliseconds
      self.type = type
      self.kernel = kernel
      self.shape = shape
      self.multiplyAdds = multiplyAdds
      self.bytes = bytes
    }

    /// Arithmetic in 10^9 operations per second, two for each multiply-add.
    public var gigaflops: Double { milliseconds > 0 ? 2e-6 * Double(multiplyAdds) / milliseconds : 0 }
  }

  /// What many runs of a step took, in milliseconds.
  public struct Times: Equatable, Sendable {
    public var first, last, min, p50, p95, max: Double

    public init(first: Double, last: Double, min: Double, p50: Double, p95: Double, max: Double) {
      (self.first, self.last, self.min) = (first, last, min)
      (self.p50, self.p95, self.max) = (p50, p95, max)
    }
  }

  /// A step and its part of the whole.
  public struct Row: Equatable, Sendable {
    public var step: Step
    /// Part of the end-to-end time, 0 to 1.
    public var share: Double
    public var isSlowest: Bool

    public var name: String { step.name }
    public var milliseconds: Double { step.milliseconds }
  }

  /// In which order the rows stand.
  public enum Order: String, CaseIterable, Sendable {
    case slowestFirst = "slowest first"
    case runOrder = "run order"
    /// Operators that take most time together come first.
    case byType = "by type"
    /// Layers that read and write most come first.
    case byMemory = "by memory"

    /// The order after this one, round and round.
    public var next: Order {
      let all = Self.allCases
      return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
    }
  }

  /// The steps in the order they ran.
  public let rows: [Row]
  /// End-to-end time of the run.
  public let milliseconds: Double
  /// What the steps leave unexplained; the rows and the remainder add up to the end-to-end time.
  public let remainder: Double

  /// A table of steps in run order.
  /// - Parameter milliseconds: End-to-end time, at least the sum of the steps.
  public init(steps: [Step], milliseconds: Double) {
    let slowest = steps.indices.max { steps[$0].milliseconds < steps[$1].milliseconds }
    self.milliseconds = milliseconds
    rows = steps.enumerated().map { index, step in
      Row(
        step: step, share: milliseconds > 0 ? step.milliseconds / milliseconds : 0,
        isSlowest: index == slowest)
    }
    remainder = milliseconds - steps.reduce(0) { $0 + $1.milliseconds }
  }

  /// The rows in another order; equals keep the run order.
  public func rows(in order: Order) -> [Row] {
    switch order {
    case .runOrder: return rows
    case .slowestFirst: return rows(descending: \.milliseconds)
    case .byMemory: return rows(descending: { Double($0.step.bytes) })
    case .byType:
      let totals = rows.reduce(into: [String: Double]()) { $0[$1.step.type, default: 0] += $1.milliseconds }
      return rows.enumerated().sorted { a, b in
        let (first, second) = (a.element.step.type, b.element.step.type)
        if first == second {
          return (b.element.milliseconds, a.offset) < (a.element.milliseconds, b.offset)
        }
        return (totals[second] ?? 0, first) < (totals[first] ?? 0, second)
      }.map(\.element)
    }
  }

  private func rows(descending key: (Row) -> Double) -> [Row] {
    rows.enumerated().sorted { (key($1.element), $0.offset) < (key($0.element), $1.offset) }.map(\.element)
  }
}
