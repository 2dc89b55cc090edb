import CKernels
import Tensors

/// A convolution in which every channel has its own kernel; fastest for 3x3 and 5x5 at strides 1 and 2.
///
/// Inputs: image, residual if any. Output: image, which overlaps neither.
package struct DepthwiseConvolution: PreparedKernel, @unchecked Sendable {
  // Sendable: the template's pointers lead to blocks that are never written again.
  package let name: String
  private(set) var template: depthwise_convolution_arguments
  private let weights: FloatBlock
  private let bias: FloatBlock
  private let slopes: FloatBlock?
  private let hasResidual: Bool
  private let batch: Int
  private let work: Int

  /// The most rows of a kernel.
  package static let maximumKernelHeight = depthwise_maximum_kernel_height

  /// Makes the kernel; `weights` is [channels, 1, kernel height, kernel width].
  package init(
    input: ImageShape, output: ImageShape, window: Window, weights: Tensor, bias: Tensor? = nil,
    epilogue: Epilogue = Epilogue(), instructionSet: InstructionSet = .selected
  ) {
    let kernels = instructionSet.kernels
    let channels = output.channels
    let taps = window.tapCount
    name = Self.name(window, instructionSet)
    let source = weights.floats
    self.weights = FloatBlock(count: channels * taps) { floats in
      for channel in 0..<channels {
        for tap in 0..<taps { floats[tap * channels + channel] = source[channel * taps + tap] }
      }
    }
    self.bias = bias.map { FloatBlock($0.floats) } ?? FloatBlock(count: channels)
    self.slopes = epilogue.slopes.map { FloatBlock($0) }
    self.hasResidual = epilogue.residualPixelStride != nil
    self.batch = output.batch
    self.work = output.elementCount * taps

    var function = epilogue.activation.epilogue
    if let slopes {
      function.kind = activation_prelu
      function.slopes = slopes.pointer
    }
    template = depthwise_convolution_arguments()
    template.kernels = kernels.pointer
    template.input_stride = input.pixelStride
    template.input_height = input.height
    template.input_width = input.width
    template.channels = channels
    template.kernel_height = window.kernelHeight
    template.kernel_width = window.kernelWidth
    template.vertical_stride = window.verticalStride
    template.horizontal_stride = window.horizontalStride
    template.vertical_dilation = window.verticalDilation
    template.horizontal_dilation = window.horizontalDilation
    template.top_padding = window.topPadding
    template.left_padding = window.leftPadding
    template.weights = self.weights.pointer
    template.bias = self.bias.pointer
    template.output_stride = output.pixelStride
    template.output_height = output.height
    template.output_width = output.width
    template.residual_stride = epilogue.residualPixelStride ?? 0
    template.epilogue = function
    template.slab = (channels + 15) / 16 * 16
    template.item_rows = depthwise_rows_at_once(&template)
  }

  static func name(_ window: Window, _ set: InstructionSet) -> String {
    "f32_depthwise_\(window.kernelHeight)x\(window.kernelWidth)_\(set.kernels.suffix)"
  }

  package func run(_ buffers: KernelBuffers, on pool: WorkerPool) {
    var arguments = template
    arguments.input = buffers.input(0)
    arguments.residual = hasResidual ? UnsafePointer(buffers.input(1)) : nil
    arguments.output = buffers.output()
    let blocks = batch * ((template.output_height + template.item_rows - 1) / template.item_rows)
    // Few rows are divided further by channels.
    var slabs = 1
    if pool.threadCount > 1 && blocks < 12 * pool.threadCount {
      slabs = min((12 * pool.threadCount + blocks - 1) / blocks, (template.channels + 31) / 32)
      arguments.slab = ((template.channels + slabs - 1) / slabs + 15) / 16 * 16
      slabs = (template.channels + arguments.slab - 1) / arguments.slab
    }
    // Safe: the shapes were checked at the making, the buffers fit them by `PreparedKernel`'s contract.
    pool.run(
      depthwise_convolution_task, &arguments, count: blocks * slabs, work: work)
  }
}
