import Glibc
import Tensors

/// The mean, sum, an extreme or a norm over some axes.
///
/// Operand: numbers of any shape, of which all but float32 are reduced as integers; a mean and an extreme need at least
/// one element along the reduced axes.
public struct Reduce: Operator, Hashable {
  public static let name = "Reduce"

  /// What is taken of the elements.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case mean, sum, maximum, minimum, product
    /// The sums of magnitudes and of squares.
    case absoluteSum, squareSum
    /// The root of the sum of squares.
    case norm
    /// The logarithms of the sum and of the sum of exponentials.
    case logSum, logSumExp
  }

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
    let type = try operands.type(0, "the value")
    guard type.elementType != .float16 else {
      throw operands.elementTypeError("the value", type.elementType, "float32 or integers")
    }
    let shape = type.shape
    let reduced = Set(axes.isEmpty ? Array(0..<shape.rank) : try operands.axes(axes, rank: shape.rank))
    let needsElements =
      kind == .mean || type.elementType != .float32 && (kind == .maximum || kind == .minimum)
    guard !needsElements || reduced.allSatisfy({ shape[$0] > 0 }) else {
      throw operands.shapeError("the value", shape, "at least one element along the reduced axes")
    }
    let dimensions = shape.dimensions.enumerated().compactMap { axis, dimension in
      reduced.contains(axis) ? (keepsDimensions ? 1 : nil) : dimension
    }
    // A sum over no elements can have more results than the operand has elements.
    return [try operands.result(dimensions, elementType: type.elementType)]
  }

  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    Cost(
      multiplyAdds: inputs[0]!.shape.elementCount,
      bytes: Cost.traffic(inputs: inputs, outputs: outputs))
  }
}

extension Reduce {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0]
    let value = inputs[0]!
    let shape = value.shape
    let reducedAxes = Set(axes.isEmpty ? Array(0..<shape.rank) : axes.map { $0 < 0 ? $0 + shape.rank : $0 })
    let offsets = shape.dimensions.indices.map { axis in
      (0..<shape[axis]).map { $0 * shape.strides[axis] }
    }
    let kept = rowMajorSums(offsets.indices.filter { !reducedAxes.contains($0) }.map { offsets[$0] })
    let reduced = rowMajorSums(offsets.indices.filter { reducedAxes.contains($0) }.map { offsets[$0] })
    if let integers = value.wideIntegers {
      let results = kept.map { start in reduce(reduced.map { integers[start + $0] }) }
      return [Tensor(result.shape, wrapping: results, to: result.elementType)]
    }
    let values = value.floats
    return [
      Tensor(result.shape, elements: kept.map { start in reduce(reduced.map { Double(values[start + $0]) }) })
    ]
  }

  private func reduce(_ elements: [Double]) -> Float {
    switch kind {
    case .mean: return Float(elements.reduce(0, +) / Double(elements.count))
    case .sum: return Float(elements.reduce(0, +))
    // What is not a number wins.
    case .maximum: return Float(elements.reduce(-.infinity) { $0.isNaN || $0 > $1 ? $0 : $1 })
    case .minimum: return Float(elements.reduce(.infinity) { $0.isNaN || $0 < $1 ? $0 : $1 })
    case .product: return Float(elements.reduce(1, *))
    case .absoluteSum: return Float(elements.reduce(0) { $0 + abs($1) })
    case .squareSum: return Float(elements.reduce(0) { $0 + $1 * $1 })
    case .norm: return Float(elements.reduce(0) { $0 + $1 * $1 }.squareRoot())
    case .logSum: return Float(log(elements.reduce(0, +)))
    case .logSumExp:
      // Less the largest, so that no exponential overflows.
      let largest = elements.max() ?? 0
      guard largest.isFinite else { return Float(elements.isEmpty ? -.infinity : largest) }
      return elements.isEmpty
        ? -.infinity : Float(largest + log(elements.reduce(0) { $0 + exp($1 - largest) }))
    }
  }

  private func reduce(_ elements: [Int64]) -> Int64 {
    switch kind {
    case .mean: elements.reduce(0, &+) / Int64(max(elements.count, 1))
    case .sum: elements.reduce(0, &+)
    case .maximum: elements.max() ?? .min
    case .minimum: elements.min() ?? .max
    case .product: elements.reduce(1, &*)
    case .absoluteSum: elements.reduce(0) { $0 &+ ($1 < 0 ? 0 &- $1 : $1) }
    case .squareSum: elements.reduce(0) { $0 &+ $1 &* $1 }
    case .norm, .logSum, .logSumExp: Int64(clamping: reduce(elements.map { Double($0) }))
    }
  }
}

extension Int64 {
  /// Makes the integer that is left of a number without its fraction, within the type's range; zero for no number.
  fileprivate init(clamping number: Float) {
    self = number.isNaN ? 0 : Int64(exactly: number.rounded(.towardZero)) ?? (number < 0 ? .min : .max)
  }
}
