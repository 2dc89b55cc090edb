import Tensors

/// The mean, sum, maximum or minimum over some axes.
///
/// Operand: float32 of any shape; all but the sum need at least one element along the reduced axes.
public struct Reduce: Operator, Hashable {
  public static let name = "Reduce"

  /// What is taken of the elements.
  public enum Kind: String, Sendable, Hashable, CaseIterable { case mean, sum, maximum, minimum }

  /// What is taken of the elements.
  public var kind: Kind
  /// The axes that vanish, all when empty; negative ones count from the last.
  public var axes: [Int]
  /// Whether reduced axes stay, with dimension one.
  public var keepsDimensions: Bool

  /// Makes a reduction.
  public init(kind: Kind, axes: [Int] = [], keepsDimensions: Bool = true) {
    self.kind = kind
    self.axes = axes
    self.keepsDimensions = keepsDimensions
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    let shape = try operands.floats(0, "the value")
    let reduced = Set(axes.isEmpty ? Array(0..<shape.rank) : try operands.axes(axes, rank: shape.rank))
    guard kind == .sum || reduced.allSatisfy({ shape[$0] > 0 }) else {
      throw operands.shapeError("the value", shape, "at least one element along the reduced axes")
    }
    let dimensions = shape.dimensions.enumerated().compactMap { axis, dimension in
      reduced.contains(axis) ? (keepsDimensions ? 1 : nil) : dimension
    }
    // A sum over no elements can have more results than the operand has elements.
    return [try operands.result(dimensions)]
  }

  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    Cost(
      multiplyAdds: inputs[0]!.shape.elementCount,
      bytes: Cost.traffic(inputs: inputs, outputs: outputs))
  }
}

extension Reduce {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let (shape, values) = (inputs[0]!.shape, inputs[0]!.floats)
    let reducedAxes = Set(axes.isEmpty ? Array(0..<shape.rank) : axes.map { $0 < 0 ? $0 + shape.rank : $0 })
    let offsets = shape.dimensions.indices.map { axis in
      (0..<shape[axis]).map { $0 * shape.strides[axis] }
    }
    let kept = rowMajorSums(offsets.indices.filter { !reducedAxes.contains($0) }.map { offsets[$0] })
    let reduced = rowMajorSums(offsets.indices.filter { reducedAxes.contains($0) }.map { offsets[$0] })
    return [Tensor(result, elements: kept.map { start in reduce(reduced.lazy.map { values[start + $0] }) })]
  }

  private func reduce(_ elements: some Sequence<Float>) -> Float {
    var (sum, count) = (0.0, 0)
    var (largest, smallest) = (-Float.infinity, Float.infinity)
    for element in elements {
      sum += Double(element)
      count += 1
      if !largest.isNaN, !(element <= largest) { largest = element }
      if !smallest.isNaN, !(element >= smallest) { smallest = element }
    }
    return switch kind {
    case .mean: Float(sum / Double(count))
    case .sum: Float(sum)
    case .maximum: largest
    case .minimum: smallest
    }
  }
}
