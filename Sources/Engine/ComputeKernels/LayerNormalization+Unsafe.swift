import CKernels
import Tensors

/// Normalises rows to mean 0 and variance 1, then scales and shifts. Input: rows; output: rows, maybe the input's.
package struct LayerNormalization: PreparedKernel, @unchecked Sendable {
  // Sendable: the template's pointers lead to blocks that are never written again.
  package let name: String
  private var template: layer_normalization_arguments
  private let scale: FloatBlock?
  private let bias: FloatBlock?
  private let rows: Int
  private let kernels: KernelTable

  /// Makes the kernel; `scale` and `bias` have one value per column.
  package init(
    rows: Int, columns: Int, scale: Tensor?, bias: Tensor?, epsilon: Float,
    instructionSet: InstructionSet = .selected
  ) {
    kernels = instructionSet.kernels
    name = "f32_layer_normalization_\(kernels.suffix)"
    self.rows = rows
    self.scale = scale.map { FloatBlock($0.floats) }
    self.bias = bias.map { FloatBlock($0.floats) }
    template = layer_normalization_arguments()
    template.width = columns
    template.input_stride = columns
    template.output_stride = columns
    template.scale = self.scale?.pointer
    template.bias = self.bias?.pointer
    template.epsilon = epsilon
  }

  package func run(_ buffers: KernelBuffers, on pool: WorkerPool) {
    var arguments = template
    arguments.input = buffers.input(0)
    arguments.output = buffers.output()
    // Safe: the extents are those of the buffers by `PreparedKernel`'s contract.
    pool.run(
      kernels.functions.layer_normalization_task, &arguments, count: rows, work: rows * template.width * 3)
  }
}
