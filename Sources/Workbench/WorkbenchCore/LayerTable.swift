/// What the layers pane lists: the steps of the last run with their times.
public struct LayerTable: Equatable, Sendable {
  /// One step of the network's run.
  public struct Row: Equatable, Sendable {
    public var name: String
    public var milliseconds: Double
    /// Part of the end-to-end time, 0 to 1.
    public var share: Double
    public var isSlowest: Bool
  }

  /// In which order the rows stand.
  public enum Order: String, CaseIterable, Sendable {
    case slowestFirst
    case runOrder

    /// The other order.
    public var next: Order { self == .runOrder ? .slowestFirst : .runOrder }
  }

  /// The steps in the order they ran.
  public let rows: [Row]
  /// End-to-end time of the run.
  public let milliseconds: Double
  /// What the steps leave unexplained; the rows and the remainder add up to the end-to-end time.
  public let remainder: Double

  /// A table of steps in run order.
  /// - Parameter milliseconds: End-to-end time, at least the sum of the steps.
  public init(steps: [(name: String, milliseconds: Double)], milliseconds: Double) {
    let slowest = steps.indices.max { steps[$0].milliseconds < steps[$1].milliseconds }
    self.milliseconds = milliseconds
    rows = steps.enumerated().map { index, step in
      Row(
        name: step.name, milliseconds: step.milliseconds,
        share: milliseconds > 0 ? step.milliseconds / milliseconds : 0, isSlowest: index == slowest)
    }
    remainder = milliseconds - steps.reduce(0) { $0 + $1.milliseconds }
  }

  /// The rows in another order; equal times keep the run order.
  public func rows(in order: Order) -> [Row] {
    switch order {
    case .runOrder: rows
    case .slowestFirst:
      rows.enumerated()
        .sorted { ($1.element.milliseconds, $0.offset) < ($0.element.milliseconds, $1.offset) }
        .map(\.element)
    }
  }
}
