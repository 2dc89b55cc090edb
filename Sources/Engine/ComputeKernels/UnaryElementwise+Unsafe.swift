import CKernels

/// A function applied to each element of rows. Input: rows; output: rows, which may be the input's.
package struct UnaryElementwise: PreparedKernel, @unchecked Sendable {
  // Sendable: the template's pointers lead to blocks that are never written again.
  package let name: String
  private var template: unary_arguments
  private let slopes: FloatBlock?
  private let rows: Int
  private let kernels: KernelTable

  /// Makes the kernel for an image.
  ///
  /// - Parameter slopes: for PReLU, one slope per channel; then `activation` is the identity.
  package init(
    image: ImageShape, outputPixelStride: Int? = nil, activation: KernelActivation, slopes: [Float]? = nil,
    instructionSet: InstructionSet = .selected
  ) {
    let outputStride = outputPixelStride ?? image.channels
    let isContiguous = image.pixelStride == image.channels && outputStride == image.channels && slopes == nil
    kernels = instructionSet.kernels
    name = "f32_unary_\(kernels.suffix)"
    self.slopes = slopes.map { FloatBlock($0) }
    template = unary_arguments()
    template.function = activation.epilogue
    if let slopes = self.slopes {
      template.function.kind = activation_prelu
      template.function.slopes = slopes.pointer
    }
    if isContiguous {
      // One long run, cut so that threads can share it.
      let width = min(image.elementCount, 4096)
      template.width = width
      template.input_stride = width
      template.output_stride = width
      rows = width == 0 ? 0 : image.elementCount / width
      remainder = width == 0 ? 0 : image.elementCount % width
    } else {
      template.width = image.channels
      template.input_stride = image.pixelStride
      template.output_stride = outputStride
      rows = image.pixelCount
      remainder = 0
    }
  }

  /// Makes the kernel for `count` contiguous elements.
  package init(count: Int, activation: KernelActivation, instructionSet: InstructionSet = .selected) {
    self.init(
      image: ImageShape(height: 1, width: 1, channels: count), activation: activation,
      instructionSet: instructionSet)
  }

  private let remainder: Int

  package func run(_ buffers: KernelBuffers, on pool: WorkerPool) {
    var arguments = template
    let input = buffers.input(0)
    let output = buffers.output()
    arguments.input = input
    arguments.output = output
    // Safe: rows and strides are those of the buffers by `PreparedKernel`'s contract.
    pool.run(kernels.functions.unary_task, &arguments, count: rows, work: rows * template.width * 2)
    if remainder > 0 {
      let done = rows * template.width
      kernels.functions.unary_row(&arguments.function, input + done, output + done, remainder)
    }
  }
}
