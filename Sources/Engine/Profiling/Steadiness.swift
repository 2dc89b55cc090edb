/// Whether runs took the same time all along: from where on, whether they drift, and which stand out.
public struct Steadiness: Sendable, Hashable, Codable {
  /// The run, warm-up included, from which on the mean is known best: the truncation of the marginal standard error rule
  /// (White 1997), far outliers clipped.
  public var steadyFrom: Int
  /// Whether that is early enough to speak of a steady state: in the first half.
  public var isSteady: Bool
  /// The later half's mean over the earlier's, of counted runs; nil when they differ by no more than chance.
  public var drift: Double?
  /// Places of counted runs beyond Tukey's outer fences, three quartile ranges above or below the quartiles.
  public var outliers: [Int]

  /// Judges runs in the order in which they were made.
  ///
  /// - Parameters:
  ///   - warmUp: times of runs that are not counted.
  ///   - counted: times of one or more runs that are.
  public init(warmUp: [Double], counted: [Double]) {
    let fences = Self.fences(of: counted)
    outliers = counted.indices.filter { !fences.contains(counted[$0]) }
    let clipped = (warmUp + counted).map { min(max($0, fences.lowerBound), fences.upperBound) }
    // Warm-up runs are slow without being accidents: they keep their times.
    let series = warmUp + clipped.dropFirst(warmUp.count)
    steadyFrom = Self.truncation(of: series)
    isSteady = steadyFrom <= series.count / 2
    drift = Self.drift(of: counted)
  }

  private static func fences(of values: [Double]) -> ClosedRange<Double> {
    let sorted = values.sorted()
    let (lower, upper) = (RunStatistics.quantile(sorted, 0.25), RunStatistics.quantile(sorted, 0.75))
    return (lower - 3 * (upper - lower))...(upper + 3 * (upper - lower))
  }

  /// The start that makes the squared standard error of the rest's mean least.
  private static func truncation(of values: [Double]) -> Int {
    var best = (start: 0, error: Double.infinity)
    var (sum, squares) = (0.0, 0.0)
    for start in values.indices.reversed() {
      let count = Double(values.count - start)
      sum += values[start]
      squares += values[start] * values[start]
      // The last few runs alone agree by accident.
      guard count >= 5 else { continue }
      let error = max(squares - sum * sum / count, 0) / (count * count)
      if error <= best.error { best = (start, error) }
    }
    return best.start
  }

  private static func drift(of times: [Double]) -> Double? {
    guard times.count >= 8 else { return nil }
    let early = RunStatistics(Array(times[..<(times.count / 2)]))
    let late = RunStatistics(Array(times[(times.count / 2)...]))
    return WelchTest(early, late).probability < 0.01 && early.mean > 0 ? late.mean / early.mean : nil
  }
}
