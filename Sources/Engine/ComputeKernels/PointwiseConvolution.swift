import Tensors

/// A 1x1 convolution of stride 1, or a linear layer over rows: a matrix product with packed weights.
///
/// Inputs: image, residual if any. Output: image, which may be the residual.
package struct PointwiseConvolution: PreparedKernel {
  package let name: String
  private let core: PackedConvolution

  /// Makes the kernel.
  ///
  /// - Parameters:
  ///   - weights: [output channels, input channels], further dimensions being 1.
  ///   - bias: one value per output channel.
  package init(
    input: ImageShape, outputChannels: Int, outputPixelStride: Int? = nil, weights: Tensor,
    bias: Tensor? = nil,
    epilogue: Epilogue = Epilogue(), division: WorkDivision = .fine,
    instructionSet: InstructionSet = .selected
  ) {
    let output = ImageShape(
      batch: input.batch, height: input.height, width: input.width, channels: outputChannels,
      pixelStride: outputPixelStride)
    core = PackedConvolution(
      input: input, output: output, window: Window(kernel: (1, 1)), groups: 1, weights: weights, bias: bias,
      epilogue: epilogue, division: division, instructionSet: instructionSet)
    name = Self.name(division, instructionSet)
  }

  /// Makes a linear layer over rows of `inputFeatures` floats.
  ///
  /// - Parameters:
  ///   - inputStride: floats from row to row, `inputFeatures` unless given.
  ///   - outputStride: floats from row to row, `outputFeatures` unless given.
  ///   - weightsAreInputMajor: whether `weights` is [input features, output features], as in a product x W, rather
  ///     than [output features, input features].
  ///   - scale: what weights are multiplied by.
  package init(
    rows: Int, inputFeatures: Int, outputFeatures: Int, inputStride: Int? = nil, outputStride: Int? = nil,
    weights: Tensor, weightsAreInputMajor: Bool, scale: Float = 1, bias: Tensor? = nil,
    epilogue: Epilogue = Epilogue(), division: WorkDivision = .fine,
    instructionSet: InstructionSet = .selected
  ) {
    core = PackedConvolution(
      input: ImageShape(height: 1, width: rows, channels: inputFeatures, pixelStride: inputStride),
      output: ImageShape(height: 1, width: rows, channels: outputFeatures, pixelStride: outputStride),
      window: Window(kernel: (1, 1)), groups: 1, weights: weights, isInputMajor: weightsAreInputMajor,
      scale: scale, bias: bias, epilogue: epilogue, division: division, instructionSet: instructionSet)
    name = Self.name(division, instructionSet)
  }

  static func name(_ division: WorkDivision, _ set: InstructionSet) -> String {
    set.kernels.tileName(division.stem("gemm"))
  }

  package func run(_ buffers: KernelBuffers, on pool: WorkerPool) { core.run(buffers, on: pool) }
}
