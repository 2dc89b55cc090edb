import Tensors

/// Layer normalisation of Ba et al. (2016): y = scale (x - mean) / sqrt(variance + epsilon) + bias, mean and variance taken
/// over `axis` and all axes behind it.
///
/// Operands: x; scale and, optional, bias, of shapes that repeat to x's dimensions from `axis` on. Result: x's shape.
public struct LayerNormalization: Operator, Hashable {
  public static let name = "LayerNormalization"

  /// The first normalised axis; negative ones count from the last.
  public var axis: Int
  /// Keeps the divisor from zero.
  public var epsilon: Float

  /// Makes a layer normalisation.
  public init(axis: Int = -1, epsilon: Float = 1e-5) {
    self.axis = axis
    self.epsilon = epsilon
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 2...3)
    let shape = try operands.floats(0, "the value")
    let axis = try operands.axis(axis, rank: shape.rank)
    let normalized = Shape(Array(shape.dimensions[axis...]))
    for (index, operand) in [(1, "the scale"), (2, "the bias")] where index == 1 || operands.has(index) {
      let found = try operands.floats(index, operand)
      guard Broadcasting.isBroadcastable(found, to: normalized) else {
        throw operands.shapeError(operand, found, "a shape that repeats to \(normalized)")
      }
    }
    return [ValueType(shape)]
  }

  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    Cost(
      multiplyAdds: Cost.product(outputs[0].shape.elementCount, 2),
      bytes: Cost.traffic(inputs: inputs, outputs: outputs))
  }
}
