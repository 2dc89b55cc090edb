import CKernels

/// The average or maximum of each channel over the whole image. Input: image; output: one pixel per image.
package struct GlobalPooling: PreparedKernel, @unchecked Sendable {
  // Sendable: the template holds no pointers.
  package let name: String
  private var template: pooling_arguments
  private let items: Int
  private let work: Int
  private let kernels: KernelTable

  /// Makes the kernel.
  ///
  /// - Parameter outputPixelStride: floats from one image's result to the next.
  package init(
    kind: PoolingKind, input: ImageShape, outputPixelStride: Int? = nil,
    instructionSet: InstructionSet = .selected
  ) {
    kernels = instructionSet.kernels
    name = "f32_global_\(kind)_pool_\(kernels.suffix)"
    work = input.elementCount
    template = pooling_arguments()
    template.input_stride = input.pixelStride
    template.input_height = input.height
    template.input_width = input.width
    template.channels = input.channels
    template.output_stride = outputPixelStride ?? input.channels
    template.takes_maximum = kind == .maximum
    template.slab = 64
    items = input.batch * ((input.channels + 63) / 64)
  }

  package func run(_ buffers: KernelBuffers, on pool: WorkerPool) {
    var arguments = template
    arguments.input = buffers.input(0)
    arguments.output = buffers.output()
    // Safe: the shapes are those of the buffers by `PreparedKernel`'s contract.
    pool.run(kernels.functions.global_pooling_task, &arguments, count: items, work: work)
  }
}
