import CKernels

/// How a window's values become one.
package enum PoolingKind: Sendable, Hashable { case average, maximum }

/// Average or maximum pooling. Input: image; output: image.
package struct Pooling: PreparedKernel, @unchecked Sendable {
  // Sendable: the template holds no pointers.
  package let name: String
  private var template: pooling_arguments
  private let rows: Int
  private let work: Int
  private let kernels: KernelTable

  /// Makes the kernel; every window must touch the image.
  ///
  /// - Parameter countsPadding: whether averages divide by the window's size, padding included.
  package init(
    kind: PoolingKind, input: ImageShape, output: ImageShape, window: Window, countsPadding: Bool = false,
    instructionSet: InstructionSet = .selected
  ) {
    kernels = instructionSet.kernels
    name = "f32_\(kind)_pool_\(kernels.suffix)"
    rows = output.batch * output.height
    work = output.elementCount * window.tapCount
    template = pooling_arguments()
    template.input_stride = input.pixelStride
    template.input_height = input.height
    template.input_width = input.width
    template.channels = input.channels
    template.kernel_height = window.kernelHeight
    template.kernel_width = window.kernelWidth
    template.vertical_stride = window.verticalStride
    template.horizontal_stride = window.horizontalStride
    template.vertical_dilation = window.verticalDilation
    template.horizontal_dilation = window.horizontalDilation
    template.top_padding = window.topPadding
    template.left_padding = window.leftPadding
    template.bottom_padding = window.bottomPadding
    template.right_padding = window.rightPadding
    template.output_stride = output.pixelStride
    template.output_height = output.height
    template.output_width = output.width
    template.takes_maximum = kind == .maximum
    template.counts_padding = countsPadding
  }

  package func run(_ buffers: KernelBuffers, on pool: WorkerPool) {
    var arguments = template
    arguments.input = buffers.input(0)
    arguments.output = buffers.output()
    // Safe: the shapes are those of the buffers by `PreparedKernel`'s contract.
    pool.run(kernels.functions.pooling_task, &arguments, count: rows, work: work)
  }
}
