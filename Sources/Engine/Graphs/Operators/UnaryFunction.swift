import Glibc
import Tensors

/// A mathematical function of each element that networks use too seldom for a kernel of its own.
///
/// Operand and result: float32 of any shape.
public struct UnaryFunction: Operator, Hashable {
  public static let name = "UnaryFunction"

  /// The function, as ONNX defines the operator of the same name.
  public enum Function: String, Sendable, Hashable, CaseIterable {
    case floor, ceiling, round, sign, logarithm
    case sine, cosine, tangent, arcSine, arcCosine, arcTangent
    case hyperbolicSine, hyperbolicCosine
    case inverseHyperbolicSine, inverseHyperbolicCosine, inverseHyperbolicTangent
    case softplus, softsign, mish
  }

  /// The function.
  public var function: Function

  /// Makes an operator.
  public init(_ function: Function) { self.function = function }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    return [ValueType(try operands.floats(0, "the value"))]
  }
}

extension UnaryFunction {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let operand = inputs[0]!
    return [Tensor(operand.shape, elements: operand.floats.map { Float(value(at: Double($0))) })]
  }

  private func value(at x: Double) -> Double {
    switch function {
    case .floor: x.rounded(.down)
    case .ceiling: x.rounded(.up)
    case .round: x.rounded(.toNearestOrEven)
    // Zero and what is not a number stay what they are.
    case .sign: x > 0 ? 1 : x < 0 ? -1 : x
    case .logarithm: log(x)
    case .sine: sin(x)
    case .cosine: cos(x)
    case .tangent: tan(x)
    case .arcSine: asin(x)
    case .arcCosine: acos(x)
    case .arcTangent: atan(x)
    case .hyperbolicSine: sinh(x)
    case .hyperbolicCosine: cosh(x)
    case .inverseHyperbolicSine: asinh(x)
    case .inverseHyperbolicCosine: acosh(x)
    case .inverseHyperbolicTangent: atanh(x)
    case .softplus: softplus(x)
    case .softsign: x / (1 + abs(x))
    case .mish: x * tanh(softplus(x))
    }
  }

  /// Returns log(1 + exp(x)), written so that large numbers do not overflow.
  private func softplus(_ x: Double) -> Double {
    guard !x.isNaN else { return x }
    return max(x, 0) + log1p(exp(-abs(x)))
  }
}
