import Glibc
import Tensors

/// A mathematical function of each element that networks use too seldom for a kernel of its own.
///
/// Operand and result: float32 of any shape; for `sign`, `absolute`, `negate` and `bitwiseNot` also integers, for `not` truth
/// values.
public struct UnaryFunction: Operator, Hashable {
  public static let name = "UnaryFunction"

  /// The function, as ONNX defines the operator of the same name.
  public enum Function: String, Sendable, Hashable, CaseIterable {
    case floor, ceiling, round, sign, logarithm
    case sine, cosine, tangent, arcSine, arcCosine, arcTangent
    case hyperbolicSine, hyperbolicCosine
    case inverseHyperbolicSine, inverseHyperbolicCosine, inverseHyperbolicTangent
    case softplus, softsign, mish
    /// exp(x) - 1, precise near zero.
    case exponentialLessOne
    case absolute, negate
    /// The nearest number of eight significant bits, which bfloat16 has.
    case roundToBfloat16
    /// Every bit the other way round.
    case bitwiseNot
    case not
  }

  /// The function.
  public var function: Function

  /// Makes an operator.
  public init(_ function: Function) { self.function = function }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    let type = try operands.type(0, "the value")
    let isFitting =
      switch (function, type.elementType) {
      case (.not, let type): type == .bool
      case (.bitwiseNot, let type): type != .float32 && type != .float16 && type != .bool
      case (.sign, let type), (.absolute, let type), (.negate, let type): type != .float16 && type != .bool
      default: type.elementType == .float32
      }
    guard isFitting else {
      throw operands.elementTypeError("the value", type.elementType, "a type that has \(function.rawValue)")
    }
    return [type]
  }
}

extension UnaryFunction {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let operand = inputs[0]!
    if let integers = operand.wideIntegers {
      return [Tensor(operand.shape, wrapping: integers.map(value), to: operand.elementType)]
    }
    return [Tensor(operand.shape, elements: operand.floats.map { Float(value(at: Double($0))) })]
  }

  private func value(at x: Int64) -> Int64 {
    switch function {
    case .sign: x.signum()
    case .absolute: x < 0 ? 0 &- x : x
    case .negate: 0 &- x
    case .not: x == 0 ? 1 : 0
    default: ~x
    }
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
    case .exponentialLessOne: expm1(x)
    case .absolute: abs(x)
    case .negate: -x
    case .roundToBfloat16: Double(Float(x).roundedToBfloat16)
    // `outputTypes` lets no floating-point number come here.
    case .bitwiseNot, .not: .nan
    }
  }

  /// Returns log(1 + exp(x)), written so that large numbers do not overflow.
  private func softplus(_ x: Double) -> Double {
    guard !x.isNaN else { return x }
    return max(x, 0) + log1p(exp(-abs(x)))
  }
}

extension Float {
  /// The nearest number whose last 16 bits are zero; of two equally near the even one.
  fileprivate var roundedToBfloat16: Float {
    guard isFinite else { return self }
    let half: UInt32 = 0x7FFF + (bitPattern >> 16 & 1)
    return Float(bitPattern: (bitPattern &+ half) & 0xFFFF_0000)
  }
}
