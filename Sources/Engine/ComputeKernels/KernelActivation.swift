import CKernels

/// A function that kernels apply to each element.
package enum KernelActivation: Sendable, Hashable {
  case identity
  case relu
  case relu6
  /// Limits to a least and a greatest value.
  case clip(Float, Float)
  case leakyRelu(Float)
  case hardSwish
  /// clamp(slope * x + offset, 0, 1); slope 1/6 and offset 1/2 for the usual hard sigmoid.
  case hardSigmoid(slope: Float, offset: Float)
  case sigmoid
  case silu
  /// By the error function.
  case gelu
  /// By the hyperbolic tangent.
  case geluTanh
  case tanh
  case exp
  case erf
  case sqrt
  case reciprocal
  case negate
  case absolute

  var epilogue: CKernels.epilogue {
    func make(_ kind: activation_kind, _ a: Float = 0, _ b: Float = 0) -> CKernels.epilogue {
      CKernels.epilogue(kind: kind, a: a, b: b, slopes: nil)
    }
    return switch self {
    case .identity: make(activation_identity)
    case .relu: make(activation_clamp, 0, .infinity)
    case .relu6: make(activation_clamp, 0, 6)
    case .clip(let low, let high): make(activation_clamp, low, high)
    case .leakyRelu(let slope): make(activation_leaky_relu, slope)
    case .hardSwish: make(activation_hard_swish)
    case .hardSigmoid(let slope, let offset): make(activation_hard_sigmoid, slope, offset)
    case .sigmoid: make(activation_sigmoid)
    case .silu: make(activation_silu)
    case .gelu: make(activation_gelu)
    case .geluTanh: make(activation_gelu_tanh)
    case .tanh: make(activation_tanh)
    case .exp: make(activation_exp)
    case .erf: make(activation_erf)
    case .sqrt: make(activation_sqrt)
    case .reciprocal: make(activation_reciprocal)
    case .negate: make(activation_negate)
    case .absolute: make(activation_absolute)
    }
  }
}

/// What a convolution does to its sums before it stores them: adds a residual, then applies a function.
package struct Epilogue: Sendable, Hashable {
  /// The function; the identity when there are slopes.
  package var activation: KernelActivation
  /// PReLU: one slope per output channel for values below zero.
  package var slopes: [Float]?
  /// Floats from pixel to pixel of the residual image, the kernel's second input; nil without one.
  package var residualPixelStride: Int?

  package init(
    activation: KernelActivation = .identity, slopes: [Float]? = nil, residualPixelStride: Int? = nil
  ) {
    precondition(slopes == nil || activation == .identity, "PReLU and another activation exclude each other")
    self.activation = activation
    self.slopes = slopes
    self.residualPixelStride = residualPixelStride
  }
}
