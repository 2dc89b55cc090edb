import Glibc

/// A function of one number that follows a layer.
public enum ActivationFunction: Sendable, Hashable {
  /// x.
  case identity
  /// max(x, 0).
  case relu
  /// min(max(x, 0), 6).
  case relu6
  /// 1 / (1 + exp(-x)).
  case sigmoid
  /// clamp(x / 6 + 1/2, 0, 1).
  case hardSigmoid
  /// clamp(alpha x + beta, 0, 1), ONNX's HardSigmoid of other slopes.
  case hardSigmoidSlope(Float, Float)
  /// x hardSigmoid(x), of Howard et al., Searching for MobileNetV3 (2019).
  case hardSwish
  /// x sigmoid(x), also called swish.
  case silu
  /// x (1 + erf(x / sqrt 2)) / 2, of Hendrycks and Gimpel (2016).
  case gelu
  /// GELU's approximation x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2.
  case geluTanh
  /// The hyperbolic tangent.
  case tanh
  /// e to the power of x.
  case exp
  /// x where positive, else the slope times x.
  case leakyRelu(Float)
  /// min(max(x, lower), upper).
  case clip(Float, Float)
  /// The square root.
  case sqrt
  /// 1 / x.
  case reciprocal
  /// -x.
  case negate
  /// |x|.
  case absolute

  /// Returns the function's value at `x`, computed in double precision.
  public func callAsFunction(_ x: Float) -> Float {
    let wide = Double(x)
    return switch self {
    case .identity: x
    case .relu: Self.clamp(x, 0, .infinity)
    case .relu6: Self.clamp(x, 0, 6)
    case .sigmoid: Float(Self.sigmoid(wide))
    case .hardSigmoid: Float(Self.hardSigmoid(wide))
    case .hardSigmoidSlope(let alpha, let beta): Self.clamp(alpha * x + beta, 0, 1)
    case .hardSwish: Float(wide * Self.hardSigmoid(wide))
    case .silu: Float(wide * Self.sigmoid(wide))
    case .gelu: Float(wide * 0.5 * Glibc.erfc(-wide * 0.5.squareRoot()))
    case .geluTanh:
      Float(wide * Self.sigmoid(2 * (2 / Double.pi).squareRoot() * (wide + 0.044715 * wide * wide * wide)))
    case .tanh: Float(Glibc.tanh(wide))
    case .exp: Float(Glibc.exp(wide))
    case .leakyRelu(let slope): x < 0 ? slope * x : x
    case .clip(let lower, let upper): Self.clamp(x, lower, upper)
    case .sqrt: x.squareRoot()
    case .reciprocal: 1 / x
    case .negate: -x
    case .absolute: abs(x)
    }
  }

  /// Returns `x` between the bounds; NaN stays NaN, and the upper bound wins when it is below the lower one.
  private static func clamp(_ x: Float, _ lower: Float, _ upper: Float) -> Float {
    let raised = x < lower ? lower : x
    return raised > upper ? upper : raised
  }

  private static func sigmoid(_ x: Double) -> Double { 1 / (1 + Glibc.exp(-x)) }

  private static func hardSigmoid(_ x: Double) -> Double {
    let line = x / 6 + 0.5
    return line < 0 ? 0 : line > 1 ? 1 : line
  }
}
