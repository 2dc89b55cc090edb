import Tensors

/// Arithmetic of two operands, element by element, with the broadcasting of numpy and ONNX.
///
/// Operands: a and b of one element type, float32, int32 or int64. Result: the shape both broadcast to. Integers wrap
/// around on overflow, and their division and power round towards zero.
public struct BinaryArithmetic: Operator, Hashable {
  public static let name = "BinaryArithmetic"

  /// What is computed of a and b.
  public enum Operation: String, Sendable, Hashable, CaseIterable {
    case add, subtract, multiply, divide, maximum, minimum, power
  }

  /// What is computed of a and b.
  public var operation: Operation

  /// Makes an operator.
  public init(_ operation: Operation) { self.operation = operation }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 2...2)
    let left = try operands.type(0, "the left operand")
    let right = try operands.type(1, "the right operand")
    guard [.float32, .int32, .int64].contains(left.elementType) else {
      throw operands.elementTypeError("the left operand", left.elementType, "float32, int32 or int64")
    }
    guard right.elementType == left.elementType else {
      throw operands.elementTypeError(
        "the right operand", right.elementType, "\(left.elementType.rawValue) as the left operand")
    }
    guard let dimensions = Broadcasting.dimensions(left.shape.dimensions, right.shape.dimensions) else {
      throw operands.shapeError(
        "the right operand", right.shape, "a shape that broadcasts with \(left.shape)")
    }
    return [try operands.result(dimensions, elementType: left.elementType)]
  }

  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    Cost(
      multiplyAdds: outputs[0].shape.elementCount,
      bytes: Cost.traffic(inputs: inputs, outputs: outputs))
  }
}
