import Tensors

/// Compares two operands, element by element, with the broadcasting of numpy and ONNX.
///
/// Operands: a and b of one element type. Result: truth values of the shape both broadcast to; not a number is
/// equal to, less and greater than nothing.
public struct Comparison: Operator, Hashable {
  public static let name = "Comparison"

  /// What is asked of a and b.
  public enum Relation: String, Sendable, Hashable, CaseIterable {
    case equal, less, lessOrEqual, greater, greaterOrEqual
  }

  /// What is asked of a and b.
  public var relation: Relation

  /// Makes a comparison.
  public init(_ relation: Relation) { self.relation = relation }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 2...2)
    let left = try operands.type(0, "the left operand")
    let right = try operands.type(1, "the right operand")
    try operands.require(1, "the right operand", holds: left.elementType, as: "the left operand")
    guard let dimensions = Broadcasting.dimensions(left.shape.dimensions, right.shape.dimensions) else {
      throw operands.shapeError(
        "the right operand", right.shape, "a shape that broadcasts with \(left.shape)")
    }
    return [try operands.result(dimensions, elementType: .bool)]
  }
}

extension Comparison {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let shape = try resultTypes(inputs)[0].shape
    let (left, right) = (inputs[0]!, inputs[1]!)
    let sources = zip(
      Broadcasting.sources(of: left.shape, in: shape), Broadcasting.sources(of: right.shape, in: shape))
    if let integers = left.wideIntegers, let others = right.wideIntegers {
      return [Tensor(shape, elements: sources.map { holds(integers[$0], others[$1]) })]
    }
    let (numbers, others) = (left.doubles, right.doubles)
    return [Tensor(shape, elements: sources.map { holds(numbers[$0], others[$1]) })]
  }

  private func holds<Number: Comparable>(_ left: Number, _ right: Number) -> Bool {
    switch relation {
    case .equal: left == right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}
