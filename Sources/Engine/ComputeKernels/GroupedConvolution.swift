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
    epilogue: Epilogue = Epilogue(), division: WorkDivision = .fine,
    instructionSet: InstructionSet = .selected
  ) {
    core = PackedConvolution(
      input: input, output: output, window: window, groups: groups, weights: weights, bias: bias,
      epilogue: epilogue, division: division, instructionSet: instructionSet)
    name = Self.name(window, division, instructionSet)
  }

  static func name(_ window: Window, _ division: WorkDivision, _ set: InstructionSet) -> String {
    set.kernels.tileName(division.stem(window.isPointwise ? "grouped_gemm" : "grouped_igemm"))
  }

  package func run(_ buffers: KernelBuffers, on pool: WorkerPool) { core.run(buffers, on: pool) }
}
