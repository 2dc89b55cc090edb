import CKernels
import Tensors

/// A convolution of any kernel, stride, dilation and padding: an indirect matrix product, without a column buffer.
///
/// Inputs: image, residual if any. Output: image, which may be the residual.
package struct DenseConvolution: PreparedKernel {
  package let name: String
  private let core: PackedConvolution

  /// Makes the kernel.
  ///
  /// - Parameters:
  ///   - planeStride: floats from channel to channel of an image whose channels lie one behind the other, as photos
  ///     come; nil for one in channels-last order.
  ///   - weights: [output channels, input channels, kernel height, kernel width].
  package init(
    input: ImageShape, planeStride: Int? = nil, output: ImageShape, window: Window, weights: Tensor,
    bias: Tensor? = nil, epilogue: Epilogue = Epilogue(), division: WorkDivision = .fine,
    instructionSet: InstructionSet = .selected
  ) {
    core = PackedConvolution(
      input: input, output: output, window: window, groups: 1, weights: weights, planeStride: planeStride,
      bias: bias, epilogue: epilogue, division: division, instructionSet: instructionSet)
    name = Self.name(planeStride != nil, division, instructionSet)
  }

  /// Whether an image's channels are better read one by one than put in channels-last order first: there must be few
  /// of them.
  package static func readsPlanes(channels: Int, window: Window) -> Bool {
    channels <= 8 && channels * window.tapCount <= Int(convolution_maximum_taps) && !window.isPointwise
  }

  static func name(_ isPlanar: Bool, _ division: WorkDivision, _ set: InstructionSet) -> String {
    set.kernels.tileName(division.stem(isPlanar ? "planar_igemm" : "igemm"))
  }

  package func run(_ buffers: KernelBuffers, on pool: WorkerPool) { core.run(buffers, on: pool) }
}
