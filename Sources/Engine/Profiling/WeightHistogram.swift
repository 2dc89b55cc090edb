import Foundation

/// How a layer's weights are spread.
public struct WeightHistogram: Sendable, Hashable, Codable {
  /// How many there are, and how many of them are zero.
  public let count, zeros: Int
  /// The least, the greatest, the mean, and the standard deviation of all.
  public let min, max, mean, standardDeviation: Double
  /// How many lie in each of equal parts of the range from `min` to `max`.
  public let bins: [Int]

  /// Counts weights; nil where there are none, or where they are not finite.
  public init?(_ weights: [Float], binCount: Int = 24) {
    guard let first = weights.first, weights.allSatisfy(\.isFinite) else { return nil }
    var (least, greatest, sum, zeros) = (first, first, 0.0, 0)
    for weight in weights {
      least = Swift.min(least, weight)
      greatest = Swift.max(greatest, weight)
      sum += Double(weight)
      if weight == 0 { zeros += 1 }
    }
    let mean = sum / Double(weights.count)
    var (squares, bins) = (0.0, [Int](repeating: 0, count: binCount))
    let scale = greatest > least ? Double(binCount) / (Double(greatest) - Double(least)) : 0
    for weight in weights {
      squares += (Double(weight) - mean) * (Double(weight) - mean)
      bins[Swift.min(Int((Double(weight) - Double(least)) * scale), binCount - 1)] += 1
    }
    (count, self.zeros, self.mean, self.bins) = (weights.count, zeros, mean, bins)
    (min, max) = (Double(least), Double(greatest))
    standardDeviation = (squares / Double(weights.count)).squareRoot()
  }
}
