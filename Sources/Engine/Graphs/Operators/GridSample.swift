import Tensors

/// Samples images at the points of a grid, as ONNX GridSample and PyTorch `grid_sample`.
///
/// Operands: `[N, C, D1, …]`; points `[N, d1, …, axes]` from -1 to 1, the last axis' coordinate first. Result:
/// `[N, C, d1, …]`.
public struct GridSample: Operator, Hashable {
  public static let name = "GridSample"

  /// What a sample is made of.
  public enum Mode: String, Sendable, Hashable, CaseIterable { case nearest, linear, cubic }

  /// What is outside of the image.
  public enum Border: String, Sendable, Hashable, CaseIterable { case zeros, edge, reflection }

  /// What a sample is made of.
  public var mode: Mode
  /// What is outside of the image.
  public var border: Border
  /// Whether -1 and 1 are the centres of the first and last element, not their outer edges.
  public var alignsCorners: Bool

  /// Makes an operator.
  public init(mode: Mode = .linear, border: Border = .zeros, alignsCorners: Bool = false) {
    self.mode = mode
    self.border = border
    self.alignsCorners = alignsCorners
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 2...2)
    let image = try operands.floats(0, "the images")
    let grid = try operands.floats(1, "the grid", rank: image.rank)
    guard image.rank >= 3, image.dimensions[2...].allSatisfy({ $0 > 0 }) else {
      throw operands.shapeError("the images", image, "batch x channels x one or more axes with elements")
    }
    guard grid[0] == image[0], grid[-1] == image.rank - 2 else {
      throw operands.shapeError("the grid", grid, "\(image[0]) grids of \(image.rank - 2) coordinates")
    }
    return [try operands.result([image[0], image[1]] + grid.dimensions[1..<(grid.rank - 1)])]
  }

  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    let taps = mode == .nearest ? 1 : mode == .linear ? 2 : 4
    let axes = [Int](repeating: taps, count: outputs[0].shape.rank - 2)
    return Cost(
      multiplyAdds: Cost.product([outputs[0].shape.elementCount] + axes),
      bytes: Cost.traffic(inputs: inputs, outputs: outputs))
  }
}

extension GridSample {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let (shape, values) = (inputs[0]!.shape, inputs[0]!.floats)
    let points = inputs[1]!.doubles
    let spatial = Array(shape.dimensions[2...])
    let strides = Array(shape.strides[2...])
    let planeSize = spatial.reduce(1, *)
    let count = result.dimensions[2...].reduce(1, *)
    var output = [Float](repeating: 0, count: result.elementCount)
    for image in 0..<result[0] {
      for index in 0..<count {
        let start = (image * count + index) * spatial.count
        let taps = spatial.indices.map { axis in
          samples(at: points[start + spatial.count - 1 - axis], size: spatial[axis])
        }
        let offsets = rowMajorSums(
          taps.enumerated().map { axis, taps in taps.map { $0.index * strides[axis] } })
        let weights = taps.reduce([1.0]) { all, taps in all.flatMap { one in taps.map { one * $0.weight } } }
        for channel in 0..<result[1] {
          let plane = (image * shape[1] + channel) * planeSize
          var sum = 0.0
          for (offset, weight) in zip(offsets, weights) { sum += weight * Double(values[plane + offset]) }
          output[(image * shape[1] + channel) * count + index] = Float(sum)
        }
      }
    }
    return [Tensor(result, elements: output)]
  }

  /// Returns the elements along an axis that a coordinate from -1 to 1 is made of.
  private func samples(at normalized: Double, size: Int) -> [(index: Int, weight: Double)] {
    let length = Double(size)
    var x = alignsCorners ? (normalized + 1) / 2 * (length - 1) : ((normalized + 1) * length - 1) / 2
    guard x.isFinite, abs(x) < 1e15 else { return [] }
    if mode == .nearest { x.round(.toNearestOrEven) }
    let (lower, upper) = alignsCorners ? (0, length - 1) : (-0.5, length - 0.5)
    if x < lower || x > upper {
      if border == .edge { x = min(max(x, 0), length - 1) }
      if border == .reflection { x = reflected(x, lower, upper) }
    }
    let first = Int(x.rounded(.down))
    let ratio = x - Double(first)
    let weights: [Double] =
      switch mode {
      case .nearest: [1]
      case .linear: [1 - ratio, ratio]
      case .cubic: (-1...2).map { Interpolation.cubic(Double($0) - ratio, -0.75) }
      }
    let start = mode == .cubic ? first - 1 : first
    return weights.enumerated().compactMap { tap, weight in
      let index = start + tap
      if (0..<size).contains(index) { return (index, weight) }
      switch border {
      case .zeros: return nil
      case .edge: return (min(max(index, 0), size - 1), weight)
      case .reflection:
        return (min(max(Int(reflected(Double(index), lower, upper)), 0), size - 1), weight)
      }
    }
  }

  private func reflected(_ x: Double, _ lower: Double, _ upper: Double) -> Double {
    let range = upper - lower
    guard range > 0, x < lower || x > upper else { return range > 0 ? x : lower }
    let distance = x < lower ? lower - x : x - upper
    let turns = (distance / range).rounded(.down)
    let rest = distance - turns * range
    let isEven = turns.truncatingRemainder(dividingBy: 2) == 0
    return (x < lower) == isEven ? lower + rest : upper - rest
  }
}
