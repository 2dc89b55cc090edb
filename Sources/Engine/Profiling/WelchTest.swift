import Foundation

/// Welch's test (1947): whether the means of two samples of unequal variance differ by more than chance.
public struct WelchTest: Sendable, Hashable {
  /// The difference of the means in standard errors; infinite where neither sample varies and the means differ.
  public let statistic: Double
  /// The probability of so large a difference, either way, were the means equal.
  public let probability: Double

  /// Compares two samples of two or more measurements each; with fewer nothing can be said (probability one).
  public init(_ left: RunStatistics, _ right: RunStatistics) {
    guard left.count > 1, right.count > 1 else {
      (statistic, probability) = (0, 1)
      return
    }
    let a = left.standardDeviation * left.standardDeviation / Double(left.count)
    let b = right.standardDeviation * right.standardDeviation / Double(right.count)
    let difference = right.mean - left.mean
    guard a + b > 0 else {
      statistic = difference == 0 ? 0 : difference > 0 ? .infinity : -.infinity
      probability = difference == 0 ? 1 : 0
      return
    }
    statistic = difference / (a + b).squareRoot()
    let freedom = (a + b) * (a + b) / (a * a / Double(left.count - 1) + b * b / Double(right.count - 1))
    probability = Self.incompleteBeta(
      freedom / (freedom + statistic * statistic), freedom / 2, 0.5)
  }

  /// The regularised incomplete beta function, by its continued fraction (Abramowitz and Stegun 26.5.8).
  package static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    // The fraction converges fast on one side of its mean.
    if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(1 - x, b, a) }
    let beta: Double = lgamma(a) + lgamma(b) - lgamma(a + b)
    let power: Double = a * log(x) + b * log(1 - x)
    let front: Double = exp(power - beta) / a
    // Lentz's evaluation.
    var (fraction, c, d) = (1.0, 1.0, 0.0)
    for step in 0...300 {
      let m = Double(step / 2)
      let last = a + 2 * m
      let numerator: Double
      if step == 0 {
        numerator = 1
      } else if step % 2 == 0 {
        numerator = m * (b - m) * x / ((last - 1) * last)
      } else {
        numerator = -(a + m) * (a + b + m) * x / (last * (last + 1))
      }
      d = 1 / nonzero(1 + numerator * d)
      c = nonzero(1 + numerator / c)
      fraction *= c * d
      if abs(1 - c * d) < 1e-12 { break }
    }
    return Swift.min(front * (fraction - 1), 1)
  }

  private static func nonzero(_ x: Double) -> Double { abs(x) < 1e-300 ? 1e-300 : x }
}
