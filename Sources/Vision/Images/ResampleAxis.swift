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
  let starts: [Int]
  let weights: [Float]

  /// Plans `count` results over `sampleCount` samples.
  init(sampleCount: Int, count: Int, filter: ResizeFilter) {
    precondition(sampleCount > 0 && count > 0, "Both sides of a resize have samples")
    let kernel = ResampleKernel(sampleCount: sampleCount, count: count, filter: filter)
    let samples = (0..<count).map(kernel.samples)
    let tapCount = samples.reduce(1) { max($0, $1.count) }
    var weights = [Float](repeating: 0, count: count * tapCount)
    starts = samples.map { min($0.lowerBound, sampleCount - tapCount) }
    for (index, samples) in samples.enumerated() {
      let sum = samples.reduce(0) { $0 + kernel.weight(of: $1, in: index) }
      let first = index * tapCount - starts[index]
      for sample in samples { weights[first + sample] = Float(kernel.weight(of: sample, in: index) / sum) }
    }
    self.tapCount = tapCount
    self.weights = weights
  }
}

/// Which samples make a result, and how much each counts.
private struct ResampleKernel {
  private enum Shape { case coverage, interpolation, triangle, nearest }

  private let sampleCount: Int
  /// Samples from one result to the next.
  private let step: Double
  private let shape: Shape

  init(sampleCount: Int, count: Int, filter: ResizeFilter) {
    self.sampleCount = sampleCount
    step = Double(sampleCount) / Double(count)
    shape =
      switch filter {
      case .areaAverage where count < sampleCount: .coverage
      case .areaAverage, .bilinear: .interpolation
      case .antialiasedBilinear: .triangle
      case .nearest: .nearest
      }
  }

  func samples(of index: Int) -> ClosedRange<Int> {
    switch shape {
    case .coverage:
      let start = Int(Double(index) * step)
      return start...max(min(Int(end(of: index).rounded(.up)), sampleCount) - 1, start)
    case .interpolation:
      let left = Int(place(of: index))
      return left...(place(of: index) == Double(left) ? left : left + 1)
    case .triangle:
      let first = max(Int((centre(of: index) - reach + 0.5).rounded(.down)), 0)
      let end = min(Int((centre(of: index) + reach + 0.5).rounded(.down)), sampleCount)
      return first...max(end - 1, first)
    case .nearest:
      let sample = min(Int(centre(of: index)), sampleCount - 1)
      return sample...sample
    }
  }

  func weight(of sample: Int, in index: Int) -> Double {
    switch shape {
    // How much of the sample is covered.
    case .coverage:
      max(min(Double(sample + 1), end(of: index)) - max(Double(sample), Double(index) * step), 0)
    case .interpolation: 1 - abs(Double(sample) - place(of: index))
    case .triangle: max(1 - abs(Double(sample) + 0.5 - centre(of: index)) / reach, 0)
    case .nearest: 1
    }
  }

  /// Where the middle of a result is.
  private func centre(of index: Int) -> Double { (Double(index) + 0.5) * step }

  /// Where what a result covers ends.
  private func end(of index: Int) -> Double { min(Double(index) * step + step, Double(sampleCount)) }

  /// The middle of a result in samples from the middle of the first, the last at most.
  private func place(of index: Int) -> Double {
    min(max((Double(index) + 0.5) * step - 0.5, 0), Double(sampleCount - 1))
  }

  /// How far a triangle reaches to each side.
  private var reach: Double { max(step, 1) }
}
