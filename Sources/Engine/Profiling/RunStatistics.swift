/// What repeated measurements of one thing say, in their own unit.
public struct RunStatistics: Sendable, Hashable, Codable {
  /// How many there are.
  public let count: Int
  /// The first and the last measurement.
  public let first, last: Double
  /// The least and the greatest.
  public let min, max: Double
  /// The arithmetic mean.
  public let mean: Double
  /// The median, and what 95 of a hundred stay below; between two measurements interpolated, as numpy does.
  public let p50, p95: Double
  /// The standard deviation of the population that the measurements are a sample of; zero for a single one.
  public let standardDeviation: Double

  /// Summarises one or more measurements, in the order in which they were made.
  ///
  /// - Parameter quantileWindow: The median and `p95` are of so many measurements, the newest.
  public init(_ values: [Double], quantileWindow: Int = .max) {
    precondition(!values.isEmpty, "Nothing was measured")
    let sorted = values.suffix(Swift.max(quantileWindow, 1)).sorted()
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    count = values.count
    first = values[0]
    last = values[values.count - 1]
    min = values.reduce(values[0], Swift.min)
    max = values.reduce(values[0], Swift.max)
    self.mean = mean
    p50 = Self.quantile(sorted, 0.5)
    p95 = Self.quantile(sorted, 0.95)
    standardDeviation = values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : 0
  }

  /// Restores a summary.
  init(
    count: Int, first: Double, last: Double, min: Double, max: Double, mean: Double, p50: Double, p95: Double,
    standardDeviation: Double
  ) {
    self.count = count
    (self.first, self.last, self.min, self.max) = (first, last, min, max)
    (self.mean, self.p50, self.p95, self.standardDeviation) = (mean, p50, p95, standardDeviation)
  }

  /// The value below which a share of sorted measurements lies, interpolated.
  static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let lower = Int(place)
    let upper = Swift.min(lower + 1, sorted.count - 1)
    return sorted[lower] + (sorted[upper] - sorted[lower]) * (place - Double(lower))
  }
}
