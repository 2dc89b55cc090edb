import Tensors

/// exp(x) divided by the sum of exp(x) along one axis.
///
/// Operand and result: float32 of one or more dimensions.
public struct Softmax: Operator, Hashable {
  public static let name = "Softmax"

  /// The axis whose elements sum to one; negative ones count from the last.
  public var axis: Int

  /// Makes a softmax.
  public init(axis: Int = -1) { self.axis = axis }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    let shape = try operands.floats(0, "the value")
    _ = try operands.axis(axis, rank: shape.rank)
    return [ValueType(shape)]
  }

  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    Cost(
      multiplyAdds: outputs[0].shape.elementCount,
      bytes: Cost.traffic(inputs: inputs, outputs: outputs))
  }
}
