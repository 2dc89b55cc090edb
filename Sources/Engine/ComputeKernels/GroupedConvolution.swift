import Tensors

/// A convolution whose channels fall into groups that do not see each other; narrow groups are computed together.
///
/// Inputs: image, residual if any. Output: image, which may be the residual.
package struct GroupedConvolution: PreparedKernel {
  package let name: String
  private let core: PackedConvolution

  /// Makes the kernel; `weights` is [output channels, input channels / groups, kernel height, kernel width].
  package init(
    input: ImageShape, output: ImageShape, window: Window, groups: Int, weights: Tensor, bias: Tensor? = nil,
    epilogue: Epilogue = Epilogue(), instructionSet: InstructionSet = .selected
  ) {
    core = PackedConvolution(
      input: input, output: output, window: window, groups: groups, weights: weights, bias: bias,
      epilogue: epilogue, instructionSet: instructionSet)
    name = core.name(window.isPointwise ? "grouped_gemm" : "grouped_igemm")
  }

  package func run(_ buffers: KernelBuffers, on pool: WorkerPool) { core.run(buffers, on: pool) }
}
