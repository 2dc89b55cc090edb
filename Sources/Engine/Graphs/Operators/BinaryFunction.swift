import Glibc
import Tensors

/// A function of two operands, element by element, that networks use too seldom for a kernel of its own, with the
/// broadcasting of numpy and ONNX.
///
/// Operands: a and b of one element type, save for the power. Result: a's element type and the shape both broadcast to.
public struct BinaryFunction: Operator, Hashable {
  public static let name = "BinaryFunction"

  /// What is computed of a and b.
  public enum Function: String, Sendable, Hashable, CaseIterable {
    /// a less the whole multiple of b below it: the sign is b's, as in Python.
    case modulo
    /// What division towards zero leaves: the sign is a's, as C's `fmod`.
    case remainder
    /// a to the power of b, of any two types.
    case power
    /// Of truth values, or of the bits of integers.
    case and, or, exclusiveOr
    /// Of integers; bits that leave the type are lost.
    case shiftLeft, shiftRight
  }

  /// What is computed of a and b.
  public var function: Function

  /// Makes an operator.
  public init(_ function: Function) { self.function = function }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 2...2)
    let left = try operands.type(0, "the left operand")
    let right = try operands.type(1, "the right operand")
    let isFloat = left.elementType == .float32 || left.elementType == .float16
    switch function {
    case .power: break
    case .modulo, .remainder:
      try operands.require(1, "the right operand", holds: left.elementType, as: "the left operand")
    case .and, .or, .exclusiveOr, .shiftLeft, .shiftRight:
      guard !isFloat else {
        throw operands.elementTypeError(
          "the left operand", left.elementType, "integers or, of and and or, truth values")
      }
      try operands.require(1, "the right operand", holds: left.elementType, as: "the left operand")
    }
    guard let dimensions = Broadcasting.dimensions(left.shape.dimensions, right.shape.dimensions) else {
      throw operands.shapeError(
        "the right operand", right.shape, "a shape that broadcasts with \(left.shape)")
    }
    return [try operands.result(dimensions, elementType: left.elementType)]
  }
}

extension BinaryFunction {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0]
    let (left, right) = (inputs[0]!, inputs[1]!)
    let sources = zip(
      Broadcasting.sources(of: left.shape, in: result.shape),
      Broadcasting.sources(of: right.shape, in: result.shape))
    if let integers = left.wideIntegers, let others = right.wideIntegers {
      let values = try sources.map { try integer(integers[$0], others[$1]) }
      return [Tensor(result.shape, wrapping: values, to: result.elementType)]
    }
    let (numbers, others) = (left.doubles, right.doubles)
    let values = Tensor(result.shape, elements: sources.map { Float(real(numbers[$0], others[$1])) })
    return try Cast(to: result.elementType).evaluate([values])
  }

  private func real(_ left: Double, _ right: Double) -> Double {
    switch function {
    case .power: pow(left, right)
    case .modulo: left - (left / right).rounded(.down) * right
    default: fmod(left, right)
    }
  }

  private func integer(_ left: Int64, _ right: Int64) throws -> Int64 {
    switch function {
    case .and: return left & right
    case .or: return left | right
    case .exclusiveOr: return left ^ right
    case .shiftLeft: return left << right
    case .shiftRight: return left >> right
    case .power: return try Self.power(left, right)
    case .modulo, .remainder:
      guard right != 0 else {
        throw GraphError.operandValue(
          operation: name, operand: "the right operand", reason: "divides by zero")
      }
      // A divisor of -1 would overflow for the smallest integer.
      let rest = right == -1 ? 0 : left % right
      return function == .modulo && rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest
    }
  }

  private static func power(_ base: Int64, _ exponent: Int64) throws -> Int64 {
    let result = try BinaryArithmetic(.power).evaluate([
      Tensor([], elements: [base]), Tensor([], elements: [exponent]),
    ])
    return result[0].elements(as: Int64.self)[0]
  }
}
