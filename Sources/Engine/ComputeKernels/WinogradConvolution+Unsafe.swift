import CKernels
import Tensors

/// A convolution with kernels of 3x3 pixels at stride 1 by Winograd's F(4x4, 3x3), of Lavin and Gray, Fast Algorithms
/// for Convolutional Neural Networks (2015): a quarter of the products, for two transforms and more weights.
///
/// Inputs: image, residual if any. Output: image, which may be the residual.
package struct WinogradConvolution: PreparedKernel, @unchecked Sendable {
  // Sendable: the template's pointers lead to blocks that are never written again.
  package let name: String
  package let scratchByteCount: Int
  private var template: winograd_arguments
  private let weights: FloatBlock
  private let bias: FloatBlock
  private let zeros: FloatBlock
  private let slopes: FloatBlock?
  private let hasResidual: Bool
  private let work: Int

  /// Whether a convolution is of the kind that this kernel computes.
  package static func computes(_ window: Window, groups: Int) -> Bool {
    groups == 1 && window.kernelHeight == 3 && window.kernelWidth == 3 && window.verticalStride == 1
      && window.horizontalStride == 1 && window.verticalDilation == 1 && window.horizontalDilation == 1
  }

  /// Makes the kernel; `weights` is [output channels, input channels, 3, 3].
  package init(
    input: ImageShape, output: ImageShape, window: Window, weights: Tensor, bias: Tensor? = nil,
    epilogue: Epilogue = Epilogue(), instructionSet: InstructionSet = .selected
  ) {
    precondition(Self.computes(window, groups: 1), "\(window) is no kernel of 3x3 at stride 1")
    let kernels = instructionSet.kernels
    let count = packed_weights_count(kernels.pointer, input.channels, output.channels)
    self.weights = FloatBlock(overwriting: count * Self.positions) { packed in
      // Safe: `weights` has the outputs and inputs named here, `packed` room for a matrix of each position.
      weights.withUnsafeFloats { source in
        var packing = winograd_packing(
          kernels: kernels.pointer, inputs: input.channels, outputs: output.channels, source: source,
          packed: packed, position_stride: count)
        WorkerPool.shared(threads: WorkerPool.processorCount).runAlone(
          winograd_pack_task, &packing, count: winograd_pack_count(&packing), work: count * Self.positions)
      }
    }
    self.bias = bias.map { FloatBlock($0.floats) } ?? FloatBlock(count: output.channels)
    self.zeros = FloatBlock(count: input.channels)
    self.slopes = epilogue.slopes.map { FloatBlock($0) }
    self.hasResidual = epilogue.residualPixelStride != nil
    self.name = Self.name(instructionSet)

    var function = epilogue.activation.epilogue
    if let slopes {
      function.kind = activation_prelu
      function.slopes = slopes.pointer
    }
    template = winograd_arguments()
    template.kernels = kernels.pointer
    template.input_stride = input.pixelStride
    template.input_height = input.height
    template.input_width = input.width
    template.input_channels = input.channels
    template.top_padding = window.topPadding
    template.left_padding = window.leftPadding
    template.zeros = zeros.pointer
    template.weights = self.weights.pointer
    template.position_weights_count = count
    template.bias = self.bias.pointer
    template.output_stride = output.pixelStride
    template.output_height = output.height
    template.output_width = output.width
    template.output_channels = output.channels
    template.residual_stride = epilogue.residualPixelStride ?? 0
    template.epilogue = function
    template.tile_count = Self.tileCount(of: output)
    template.block = Self.block(tiles: template.tile_count, input.channels + output.channels)
    work = Self.positions * template.tile_count * input.channels * output.channels
    scratchByteCount =
      winograd_scratch_count(&template) * WorkerPool.processorCount * MemoryLayout<Float>.stride
  }

  package func run(_ buffers: KernelBuffers, on pool: WorkerPool) {
    var arguments = template
    arguments.input = buffers.input(0)
    arguments.residual = hasResidual ? UnsafePointer(buffers.input(1)) : nil
    arguments.output = buffers.output()
    arguments.scratch = buffers.scratch.assumingMemoryBound(to: Float.self)
    // Safe: a worker's number is below `processorCount`, for which scratch has room; the shapes fit the buffers.
    pool.run(
      winograd_task, &arguments, count: (arguments.tile_count + arguments.block - 1) / arguments.block,
      work: work)
  }

  static func name(_ set: InstructionSet) -> String { set.kernels.tileName("winograd") }

  /// What a run costs, in products.
  ///
  /// Measured on Zen 4 and Zen 5: reading a transformed weight costs as much as some 18 products, transforming a number
  /// as much as nine.
  static func work(input: ImageShape, output: ImageShape) -> Double {
    let tiles = Double(tileCount(of: output))
    let (inputs, outputs) = (Double(input.channels), Double(output.channels))
    return Double(positions) * (inputs * outputs * (tiles + 18) + 9 * (inputs + outputs) * tiles)
  }

  static let positions = Int(winograd_positions)
  private static let tile = Int(winograd_tile)

  /// Tiles of results in all images.
  static func tileCount(of output: ImageShape) -> Int {
    output.batch * ((output.height + tile - 1) / tile) * ((output.width + tile - 1) / tile)
  }

  /// Tiles of a work item: so many that their transforms stay in the second-level cache and weights are read seldom,
  /// and that every processor has some.
  private static func block(tiles: Int, _ channels: Int) -> Int {
    let fitting = max(scratchFloats / (positions * channels), 12)
    let shared = (tiles + WorkerPool.processorCount - 1) / WorkerPool.processorCount
    let most = min(fitting, shared)
    let count = (tiles + most - 1) / most
    return (tiles + count - 1) / count
  }

  private static let scratchFloats = 160 * 1024
}
