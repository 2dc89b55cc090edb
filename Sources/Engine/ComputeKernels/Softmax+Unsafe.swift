import CKernels

/// Softmax along the middle of a contiguous [outer, axis, inner]. Input and output may be the same.
package struct Softmax: PreparedKernel, @unchecked Sendable {
  // Sendable: the template holds no pointers.
  package let name: String
  private var template: softmax_arguments
  private let outer: Int
  private let kernels: KernelTable

  /// Makes the kernel; `inner` is 1 when the axis is the last.
  package init(outer: Int, axis: Int, inner: Int = 1, instructionSet: InstructionSet = .selected) {
    kernels = instructionSet.kernels
    name = "f32_softmax_\(kernels.suffix)"
    self.outer = outer
    template = softmax_arguments()
    template.axis = axis
    template.inner = inner
    template.input_stride = axis * inner
    template.output_stride = axis * inner
  }

  package func run(_ buffers: KernelBuffers, on pool: WorkerPool) {
    var arguments = template
    arguments.input = buffers.input(0)
    arguments.output = buffers.output()
    // Safe: the extents are those of the buffers by `PreparedKernel`'s contract.
    pool.run(
      kernels.functions.softmax_task, &arguments, count: outer,
      work: outer * template.axis * template.inner * 8)
  }
}
