import Tensors

/// Cuts its operand along one axis into parts.
///
/// Operand: any element type and shape. Results: one for each of `sizes`.
public struct Split: Operator, Hashable {
  public static let name = "Split"

  /// The axis that is cut; negative ones count from the last.
  public var axis: Int
  /// The dimensions of the parts along `axis`; their sum is the operand's.
  public var sizes: [Int]

  /// Makes a split.
  public init(axis: Int, sizes: [Int]) {
    self.axis = axis
    self.sizes = sizes
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    let type = try operands.type(0, "the value")
    let axis = try operands.axis(axis, rank: type.shape.rank)
    let dimension = type.shape[axis]
    // Bounded sizes first, so that their sum cannot overflow.
    guard !sizes.isEmpty, sizes.allSatisfy({ (0...dimension).contains($0) }),
      sizes.reduce(
        into: Int?(0), { sum, size in sum = sum.flatMap { $0 + size <= dimension ? $0 + size : nil } })
        == dimension
    else {
      throw operands.attributeError("sizes", sizes, "a sum of \(dimension)")
    }
    return sizes.map { size in
      var dimensions = type.shape.dimensions
      dimensions[axis] = size
      return ValueType(Shape(dimensions), elementType: type.elementType)
    }
  }
}

extension Split {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let types = try resultTypes(inputs)
    var start = 0
    return try types.flatMap { type in
      let size = type.shape[axis]
      defer { start += size }
      return try Slice(starts: [start], ends: [start + size], axes: [axis]).evaluate(inputs)
    }
  }
}
