import CKernels

/// What becomes of the values along an axis.
package enum ReductionKind: Sendable, Hashable {
  case sum, mean, maximum, minimum

  var identifier: reduction_kind {
    switch self {
    case .sum: reduction_sum
    case .mean: reduction_mean
    case .maximum: reduction_maximum
    case .minimum: reduction_minimum
    }
  }
}

/// Reduces the middle of a contiguous [outer, axis, inner] to [outer, inner].
package struct Reduction: PreparedKernel, @unchecked Sendable {
  // Sendable: the template holds no pointers.
  package let name: String
  private var template: reduction_arguments
  private let outer: Int
  private let kernels: KernelTable

  /// Makes the kernel.
  package init(
    kind: ReductionKind, outer: Int, axis: Int, inner: Int, instructionSet: InstructionSet = .selected
  ) {
    kernels = instructionSet.kernels
    name = "f32_reduce_\(kind)_\(kernels.suffix)"
    self.outer = outer
    template = reduction_arguments()
    template.axis = axis
    template.inner = inner
    template.kind = kind.identifier
  }

  package func run(_ buffers: KernelBuffers, on pool: WorkerPool) {
    var arguments = template
    arguments.input = buffers.input(0)
    arguments.output = buffers.output()
    // Safe: the extents are those of the buffers by `PreparedKernel`'s contract.
    pool.run(
      kernels.functions.reduction_task, &arguments, count: outer, work: outer * template.axis * template.inner
    )
  }
}
