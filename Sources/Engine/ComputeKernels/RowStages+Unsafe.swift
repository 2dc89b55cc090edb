import Tensors

/// The operators of a row pipeline one after the other, each on whole images: what the pipeline competes with.
///
/// Inputs and output as those of `RowPipeline`.
package struct RowStages: PreparedKernel {
  package let name: String
  package let scratchByteCount: Int
  private let kernels: [any PreparedKernel]
  private let hasResidual: [Bool]
  /// Bytes of each of the two blocks of scratch memory that images between stages lie in by turns.
  private let blockByteCount: Int

  /// Makes the kernel; `stages` are as for `RowPipeline`.
  package init(input: ImageShape, stages: [RowStage], instructionSet: InstructionSet = .selected) {
    var before = input
    kernels = stages.map { stage in
      defer { before = stage.output }
      return stage.kernel(from: before, instructionSet)
    }
    hasResidual = stages.map { $0.residualPixelStride != nil }
    let largest = stages.dropLast().map { $0.output.pixelCount * $0.output.pixelStride }.max() ?? 0
    let byteCount = largest * MemoryLayout<Float>.stride + TensorStorage.readableTail
    blockByteCount =
      (byteCount + TensorStorage.alignment - 1) / TensorStorage.alignment * TensorStorage.alignment
    scratchByteCount = 2 * blockByteCount + (kernels.map(\.scratchByteCount).max() ?? 0)
    name = Self.name(instructionSet)
  }

  static func name(_ set: InstructionSet) -> String { "f32_row_stages_\(set.kernels.suffix)" }

  package func run(_ buffers: KernelBuffers, on pool: WorkerPool) {
    var inputs = (buffers.inputs[0], UnsafeRawPointer?.none)
    var nextResidual = 1
    for index in kernels.indices {
      let isLast = index == kernels.count - 1
      var output = isLast ? buffers.outputs[0] : buffers.scratch + index % 2 * blockByteCount
      inputs.1 = nil
      if hasResidual[index] {
        inputs.1 = buffers.inputs[nextResidual]
        nextResidual += 1
      }
      // Safe: the tuple lies in memory as two pointers, the most that a stage reads; each block holds the largest image
      // between stages, and scratch has what the kernels need behind both.
      withUnsafeBytes(of: &inputs) { pointers in
        withUnsafePointer(to: &output) { output in
          kernels[index].run(
            KernelBuffers(
              inputs: pointers.baseAddress!.assumingMemoryBound(to: UnsafeRawPointer?.self),
              outputs: output, scratch: buffers.scratch + 2 * blockByteCount),
            on: pool)
        }
      }
      inputs.0 = UnsafeRawPointer(output)
    }
  }
}

extension RowStage {
  /// The stage as a kernel of its own.
  fileprivate func kernel(from input: ImageShape, _ set: InstructionSet) -> any PreparedKernel {
    switch operation {
    case .pointwise(let weights, let bias, let epilogue):
      ConvolutionChoice(
        input: input, output: output, window: Window(kernel: (1, 1)), weights: weights, bias: bias,
        epilogue: epilogue
      ).kernel(set)
    case .depthwise(let window, let weights, let bias, let epilogue):
      DepthwiseConvolution(
        input: input, output: output, window: window, weights: weights, bias: bias, epilogue: epilogue,
        instructionSet: set)
    case .bilinearResize(let coordinates):
      Resize(
        input: input, output: output, mode: .bilinear, coordinates: coordinates, instructionSet: set)
    }
  }
}
