import Tensors

/// A convolution of any kernel, stride, dilation and padding: an indirect matrix product, without a column buffer.
///
/// Inputs: image, residual if any. Output: image, which may be the residual.
package struct DenseConvolution: PreparedKernel {
  package let name: String
  private let core: PackedConvolution

  /// Makes the kernel; `weights` is [output channels, input channels, kernel height, kernel width].
  package init(
    input: ImageShape, output: ImageShape, window: Window, weights: Tensor, bias: Tensor? = nil,
    epilogue: Epilogue = Epilogue(), instructionSet: InstructionSet = .selected
  ) {
    core = PackedConvolution(
      input: input, output: output, window: window, groups: 1, weights: weights, bias: bias,
      epilogue: epilogue,
      instructionSet: instructionSet)
    name = core.name("igemm")
  }

  package func run(_ buffers: KernelBuffers, on pool: WorkerPool) { core.run(buffers, on: pool) }
}
