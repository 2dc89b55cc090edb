import Glibc
import Tensors

/// The error function erf(x) = 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x.
///
/// Operand and result: float32 of any shape. Files spell GELU with it; compiled graphs seldom keep it.
public struct ErrorFunction: Operator, Hashable {
  public static let name = "ErrorFunction"

  /// Makes an error function.
  public init() {}

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    return [ValueType(try operands.floats(0, "the value"))]
  }

  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let operand = inputs[0]!
    return [Tensor(operand.shape, elements: operand.elements(as: Float.self).map { Float(erf(Double($0))) })]
  }
}
