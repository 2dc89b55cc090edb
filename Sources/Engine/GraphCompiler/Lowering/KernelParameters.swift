import ComputeKernels
import Graphs

extension KernelActivation {
  /// The kernels' name for a function.
  init(_ function: ActivationFunction) {
    switch function {
    case .identity: self = .identity
    case .relu: self = .relu
    case .relu6: self = .relu6
    case .sigmoid: self = .sigmoid
    case .hardSigmoid: self = .hardSigmoid(slope: 1 / 6, offset: 0.5)
    case .hardSigmoidSlope(let slope, let offset): self = .hardSigmoid(slope: slope, offset: offset)
    case .hardSwish: self = .hardSwish
    case .silu: self = .silu
    case .gelu: self = .gelu
    case .geluTanh: self = .geluTanh
    case .tanh: self = .tanh
    case .exp: self = .exp
    case .leakyRelu(let slope): self = .leakyRelu(slope)
    case .clip(let lower, let upper): self = .clip(lower, upper)
    case .sqrt: self = .sqrt
    case .reciprocal: self = .reciprocal
    case .negate: self = .negate
    case .absolute: self = .absolute
    }
  }
}

extension ImageShape {
  /// The extent of a view that `StridedView.pixelStride` accepts.
  init(_ view: StridedView, pixelStride: Int) {
    self.init(
      batch: view.dimensions[0], height: view.dimensions[2], width: view.dimensions[3],
      channels: view.dimensions[1], pixelStride: pixelStride)
  }
}

extension Window {
  /// Makes a window with the padding of an operator.
  init(kernel: (Int, Int), strides: (Int, Int), dilations: (Int, Int), padding: Padding) {
    self.init(
      kernel: kernel, strides: strides, dilations: dilations,
      padding: (padding.top, padding.left, padding.bottom, padding.right))
  }
}
