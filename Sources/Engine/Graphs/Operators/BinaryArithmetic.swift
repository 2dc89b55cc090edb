import Glibc
import Tensors

/// Arithmetic of two operands, element by element, with the broadcasting of numpy and ONNX.
///
/// Operands: a and b of one element type, float32 or integers. Result: the shape both broadcast to.
/// Integers wrap around on overflow, and their division and power round towards zero.
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
    guard [.float32, .int8, .uint8, .int32, .int64].contains(left.elementType) else {
      throw operands.elementTypeError("the left operand", left.elementType, "float32 or integers")
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

extension BinaryArithmetic {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0]
    let (left, right) = (inputs[0]!, inputs[1]!)
    return switch result.elementType {
    case .int8:
      [try combine(left, right, shape: result.shape, with: integer as (Int8, Int8) throws -> Int8)]
    case .uint8:
      [try combine(left, right, shape: result.shape, with: integer as (UInt8, UInt8) throws -> UInt8)]
    case .int32:
      [try combine(left, right, shape: result.shape, with: integer as (Int32, Int32) throws -> Int32)]
    case .int64:
      [try combine(left, right, shape: result.shape, with: integer as (Int64, Int64) throws -> Int64)]
    default: [try combine(left, right, shape: result.shape, with: float)]
    }
  }

  private func combine<Element: TensorElement>(
    _ left: Tensor, _ right: Tensor, shape: Shape, with function: (Element, Element) throws -> Element
  ) throws -> Tensor {
    let (leftElements, rightElements) = (left.elements(as: Element.self), right.elements(as: Element.self))
    let sources = zip(
      Broadcasting.sources(of: left.shape, in: shape), Broadcasting.sources(of: right.shape, in: shape))
    return Tensor(shape, elements: try sources.map { try function(leftElements[$0], rightElements[$1]) })
  }

  private func float(_ left: Float, _ right: Float) -> Float {
    switch operation {
    case .add: left + right
    case .subtract: left - right
    case .multiply: left * right
    case .divide: left / right
    // Not a number wins, as in numpy.
    case .maximum: left.isNaN || left > right ? left : right
    case .minimum: left.isNaN || left < right ? left : right
    case .power: Float(Glibc.pow(Double(left), Double(right)))
    }
  }

  private func integer<Integer: FixedWidthInteger>(_ left: Integer, _ right: Integer) throws -> Integer {
    switch operation {
    case .add: left &+ right
    case .subtract: left &- right
    case .multiply: left &* right
    case .divide: try quotient(left, right)
    case .maximum: max(left, right)
    case .minimum: min(left, right)
    case .power: try power(left, right)
    }
  }

  private func quotient<Integer: FixedWidthInteger>(_ left: Integer, _ right: Integer) throws -> Integer {
    guard right != 0 else {
      throw GraphError.operandValue(operation: name, operand: "the right operand", reason: "divides by zero")
    }
    return left.dividedReportingOverflow(by: right).partialValue
  }

  private func power<Integer: FixedWidthInteger>(_ base: Integer, _ exponent: Integer) throws -> Integer {
    guard exponent >= 0 else {
      // 1 / base^n, rounded towards zero.
      if base == 0 &- 1 { return exponent % 2 == 0 ? 1 : base }
      return try quotient(1, base)
    }
    var (result, square, remaining) = (Integer(1), base, exponent)
    while remaining > 0 {
      if remaining % 2 == 1 { result = result &* square }
      square = square &* square
      remaining /= 2
    }
    return result
  }
}
