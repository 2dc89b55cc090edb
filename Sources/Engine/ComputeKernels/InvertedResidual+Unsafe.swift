import CKernels
import Tensors

/// A pointwise convolution of an inverted residual block.
package struct PointwiseStage: Sendable {
  /// [output channels, input channels], further dimensions being 1.
  package var weights: Tensor
  package var bias: Tensor?
  package var epilogue: Epilogue

  package init(weights: Tensor, bias: Tensor?, epilogue: Epilogue) {
    self.weights = weights
    self.bias = bias
    self.epilogue = epilogue
  }
}

/// A widening pointwise convolution, a depthwise one and a narrowing pointwise one in a single pass over rows, so
/// that the wide image never leaves the cache (Sandler et al., MobileNetV2, describe the block).
///
/// Inputs: image, residual of the last stage if any. Output: image, which does not overlap the input but may be the
/// residual.
package struct InvertedResidual: PreparedKernel, @unchecked Sendable {
  // Sendable: the template's pointers lead to blocks that are never written again.
  package let name: String
  package let scratchByteCount: Int
  private var template: inverted_residual_arguments
  // These keep the weights that the template points to.
  private let expand: PackedConvolution
  private let depthwise: DepthwiseConvolution
  private let project: PackedConvolution
  private let hasResidual: Bool
  private let rows: Int
  private let work: Int

  /// Whether the wide image of a block is so large that one pass beats three: it must overflow the cache.
  package static func pays(wide: ImageShape) -> Bool {
    wide.height * wide.width * wide.channels * MemoryLayout<Float>.stride > 2 << 20
  }

  /// Makes the kernel.
  ///
  /// - Parameters:
  ///   - window: the depthwise convolution's; its vertical dilation is 1.
  ///   - depthwiseWeights: [wide channels, 1, kernel height, kernel width].
  ///   - depthwiseEpilogue: without a residual, as is that of `expand`.
  package init(
    input: ImageShape, output: ImageShape, expand: PointwiseStage, window: Window, depthwiseWeights: Tensor,
    depthwiseBias: Tensor?, depthwiseEpilogue: Epilogue, project: PointwiseStage,
    instructionSet: InstructionSet = .selected
  ) {
    precondition(
      window.verticalDilation == 1 && expand.epilogue.residualPixelStride == nil
        && depthwiseEpilogue.residualPixelStride == nil, "This block cannot run in one pass")
    let channels = depthwiseWeights.shape[0]
    let wide = ImageShape(batch: input.batch, height: input.height, width: input.width, channels: channels)
    let line = ImageShape(batch: output.batch, height: output.height, width: output.width, channels: channels)
    self.expand = PackedConvolution(
      input: input, output: wide, window: Window(kernel: (1, 1)), groups: 1, weights: expand.weights,
      bias: expand.bias, epilogue: expand.epilogue, instructionSet: instructionSet)
    self.depthwise = DepthwiseConvolution(
      input: wide, output: line, window: window, weights: depthwiseWeights, bias: depthwiseBias,
      epilogue: depthwiseEpilogue, instructionSet: instructionSet)
    self.project = PackedConvolution(
      input: line, output: output, window: Window(kernel: (1, 1)), groups: 1, weights: project.weights,
      bias: project.bias, epilogue: project.epilogue, instructionSet: instructionSet)
    name = "f32_inverted_residual_\(instructionSet.kernels.suffix)"
    hasResidual = project.epilogue.residualPixelStride != nil
    rows = output.batch * output.height
    work =
      wide.elementCount * input.channels + line.elementCount * (window.tapCount + output.channels)
    template = inverted_residual_arguments()
    template.expand = self.expand.template
    template.depthwise = depthwise.template
    template.project = self.project.template
    scratchByteCount =
      inverted_residual_scratch_count(&template) * WorkerPool.processorCount * MemoryLayout<Float>.stride
  }

  package func run(_ buffers: KernelBuffers, on pool: WorkerPool) {
    var arguments = template
    arguments.expand.input = buffers.input(0)
    arguments.project.residual = hasResidual ? UnsafePointer(buffers.input(1)) : nil
    arguments.project.output = buffers.output()
    arguments.scratch = buffers.scratch.assumingMemoryBound(to: Float.self)
    // Long strips: each recomputes the wide rows that it shares with the strip above.
    // Safe: a worker's number is below `processorCount`, for which scratch has room; the shapes fit the buffers.
    pool.run(
      inverted_residual_task, &arguments, count: rows,
      grain: (rows + 3 * pool.threadCount - 1) / (3 * pool.threadCount),
      work: work)
  }
}
