import CKernels
import Tensors

/// A convolution with very few output channels: vectors run along the input channels, as there are no output channels to
/// fill them.
///
/// Inputs: image, residual if any. Output: image, which may be the residual.
package struct DotConvolution: PreparedKernel {
  package let name: String
  private let core: PackedConvolution

  /// Makes the kernel, where `computes` holds; `weights` is [output channels, input channels, kernel height, kernel width].
  package init(
    input: ImageShape, output: ImageShape, window: Window, weights: Tensor, bias: Tensor? = nil,
    epilogue: Epilogue = Epilogue(), instructionSet: InstructionSet = .selected
  ) {
    core = PackedConvolution(
      input: input, output: output, window: window, groups: 1, weights: weights, bias: bias,
      epilogue: epilogue, usesDotProducts: true, instructionSet: instructionSet)
    name = Self.name(instructionSet)
  }

  /// Whether the kernel computes a convolution without groups: input channels fill vectors, and there are no slopes.
  static func computes(
    inputChannels: Int, outputChannels: Int, _ epilogue: Epilogue, _ set: InstructionSet
  ) -> Bool {
    outputChannels <= dot_maximum_columns && inputChannels % set.kernels.lanes == 0 && epilogue.slopes == nil
  }

  /// What a run costs, in products: summing the lanes of a result takes as long as some sixty.
  static func work(products: Double, output: ImageShape) -> Double {
    products + 60 * Double(output.elementCount)
  }

  static func name(_ set: InstructionSet) -> String { "f32_dot_\(set.kernels.suffix)" }

  package func run(_ buffers: KernelBuffers, on pool: WorkerPool) { core.run(buffers, on: pool) }
}
