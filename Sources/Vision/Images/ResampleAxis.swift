/// How samples along one axis are made from those of another spacing.
public enum ResizeFilter: Sendable, Hashable, CaseIterable {
  /// Each result is the mean of what it covers; where the axis grows, as bilinear.
  case areaAverage
  /// Each result is interpolated between the two samples whose centres are nearest to its own.
  case bilinear
  /// As bilinear; where the axis shrinks, over as many more samples: what Pillow calls bilinear.
  case antialiasedBilinear
  /// Each result is the sample in which its centre lies.
  case nearest
}

/// The weights that make each result along one axis: result `i` is the sum over `tap` of
/// `weights[i * tapCount + tap]` times sample `starts[i] + tap`.
///
/// Sample centres stand at half pixels and edges repeat. Invariants: weights of a result sum to 1, and
/// `starts[i] + tapCount` is at most the number of samples.
struct ResampleAxis {
  let tapCount: Int
  private(set) var starts: [Int] = []
  private(set) var weights: [Float] = []

  /// Plans `count` results over `sampleCount` samples.
  init(sampleCount: Int, count: Int, filter: ResizeFilter) {
    precondition(sampleCount > 0 && count > 0, "Both sides of a resize have samples")
    let step = Double(sampleCount) / Double(count)
    let kernel: (Int) -> [(sample: Int, weight: Double)]
    switch filter {
    case .areaAverage where count < sampleCount: kernel = { Self.coverage(of: $0, step: step, sampleCount) }
    case .areaAverage, .bilinear: kernel = { Self.interpolation(of: $0, step: step, sampleCount) }
    case .antialiasedBilinear: kernel = { Self.triangle(over: $0, step: step, sampleCount) }
    case .nearest: kernel = { [(min(Int((Double($0) + 0.5) * step), sampleCount - 1), 1)] }
    }
    let kernels = (0..<count).map(kernel)
    tapCount = kernels.map(\.count).max()!
    starts.reserveCapacity(count)
    weights.reserveCapacity(count * tapCount)
    for taps in kernels {
      let start = min(taps[0].sample, sampleCount - tapCount)
      starts.append(start)
      var row = [Float](repeating: 0, count: tapCount)
      let sum = taps.reduce(0) { $0 + $1.weight }
      for tap in taps { row[tap.sample - start] += Float(tap.weight / sum) }
      weights += row
    }
  }

  /// The samples that result `index` covers, by the part of each that is covered.
  private static func coverage(of index: Int, step: Double, _ sampleCount: Int) -> [(Int, Double)] {
    let start = Double(index) * step
    let end = min(start + step, Double(sampleCount))
    let last = max(min(Int(end.rounded(.up)), sampleCount) - 1, Int(start))
    return (Int(start)...last).map { ($0, max(min(Double($0 + 1), end) - max(Double($0), start), 0)) }
  }

  /// The samples under a triangle around the centre of result `index` that reaches to the centres of the next.
  private static func triangle(over index: Int, step: Double, _ sampleCount: Int) -> [(Int, Double)] {
    let centre = (Double(index) + 0.5) * step
    let reach = max(step, 1)
    let first = max(Int((centre - reach + 0.5).rounded(.down)), 0)
    let last = max(min(Int((centre + reach + 0.5).rounded(.down)), sampleCount) - 1, first)
    return (first...last).map { ($0, max(1 - abs(Double($0) + 0.5 - centre) / reach, 0)) }
  }

  /// The two samples around the centre of result `index`; one at the edges.
  private static func interpolation(of index: Int, step: Double, _ sampleCount: Int) -> [(Int, Double)] {
    let centre = min(max((Double(index) + 0.5) * step - 0.5, 0), Double(sampleCount - 1))
    let left = Int(centre)
    let part = centre - Double(left)
    return part == 0 ? [(left, 1)] : [(left, 1 - part), (left + 1, part)]
  }
}
