import CKernels
import Tensors

/// Packed weights and shapes of a convolution that runs as an indirect matrix product; what pointwise, dense and
/// grouped convolution share.
struct PackedConvolution: @unchecked Sendable {
  // Sendable: the template's pointers lead to blocks that are never written again.
  private(set) var template: convolution_arguments
  private let kernels: KernelTable
  private let weights: FloatBlock
  private let slopes: FloatBlock?
  private let zeros: FloatBlock
  private let isPointwise: Bool
  private let hasResidual: Bool
  private let work: Int

  /// - Parameters:
  ///   - weights: [output channels, input channels / groups, kernel height, kernel width], or transposed, when
  ///     `isInputMajor`, [input channels, output channels] of a linear layer.
  ///   - scale: what weights are multiplied by.
  ///   - planeStride: floats from channel to channel of an image whose channels lie one behind the other; each is then
  ///     a tap of its own.
  ///   - bias: one value per output channel.
  init(
    input: ImageShape, output: ImageShape, window: Window, groups: Int, weights: Tensor,
    isInputMajor: Bool = false, scale: Float = 1, planeStride: Int? = nil,
    bias: Tensor?, epilogue: Epilogue, division: WorkDivision = .fine, usesDotProducts: Bool = false,
    instructionSet: InstructionSet
  ) {
    let kernels = instructionSet.kernels
    let planes = planeStride == nil ? 1 : input.channels
    let taps = planes * window.tapCount
    precondition(taps <= convolution_maximum_taps, "A kernel of \(taps) taps is too large")
    let depth = input.channels / groups / planes
    let columns = output.channels / groups
    // Narrow groups share a panel: their weights stand on the diagonal of a denser matrix.
    var merged = 1
    for candidate in 1...groups where groups % candidate == 0 && candidate * columns <= kernels.lanes {
      merged = candidate
    }
    let mergedDepth = depth * merged
    let mergedColumns = columns * merged
    let mergedGroups = groups / merged
    let groupCount =
      usesDotProducts
      ? (taps * depth + 1) * columns
      : packed_weights_count(kernels.pointer, taps * mergedDepth, mergedColumns)
    let biases = bias.map { FloatBlock($0.floats) }
    self.weights = FloatBlock(count: groupCount * mergedGroups) { packed in
      for group in 0..<mergedGroups {
        let biases = biases.map { $0.pointer + group * mergedColumns }
        let place = packed + group * groupCount
        // Safe: the weights have the rows and columns named here, the bias one value per channel, and `packed` was
        // allocated for all groups.
        if merged > 1 {
          let matrix = Self.diagonal(
            weights.floats, group * merged..<(group + 1) * merged, taps: taps, depth: depth, columns: columns)
          pack_weights(
            kernels.pointer, taps * mergedDepth, mergedColumns, matrix, mergedColumns, 1, scale, biases, place
          )
        } else {
          weights.withUnsafeFloats { floats in
            var matrix = weight_matrix(
              elements: floats + group * columns * depth * taps, taps: taps, depth: depth, columns: columns,
              tap_stride: 1, depth_stride: isInputMajor ? columns : taps,
              column_stride: isInputMajor ? 1 : depth * taps)
            if usesDotProducts {
              pack_dot_weights(&matrix, scale, biases, place)
            } else {
              pack_weight_matrix(kernels.pointer, &matrix, scale, biases, place)
            }
          }
        }
      }
    }
    self.kernels = kernels
    self.slopes = epilogue.slopes.map { FloatBlock($0) }
    self.zeros = FloatBlock(count: mergedDepth)
    self.isPointwise = window.isPointwise && planes == 1
    self.hasResidual = epilogue.residualPixelStride != nil
    self.work = output.pixelCount * output.channels * taps * depth

    var function = epilogue.activation.epilogue
    if let slopes {
      function.kind = activation_prelu
      function.slopes = slopes.pointer
    }
    template = convolution_arguments()
    template.kernels = kernels.pointer
    template.tile = usesDotProducts ? kernels.functions.dot : kernels.functions.igemm
    template.input_stride = planeStride == nil ? input.pixelStride : 1
    template.planes = planes
    template.plane_stride = planeStride ?? 0
    template.image_stride = planeStride.map { $0 * planes } ?? input.height * input.width * input.pixelStride
    template.input_height = input.height
    template.input_width = input.width
    template.group_depth = mergedDepth
    template.kernel_height = window.kernelHeight
    template.kernel_width = window.kernelWidth
    template.vertical_stride = window.verticalStride
    template.horizontal_stride = window.horizontalStride
    template.vertical_dilation = window.verticalDilation
    template.horizontal_dilation = window.horizontalDilation
    template.top_padding = window.topPadding
    template.left_padding = window.leftPadding
    template.zeros = zeros.pointer
    template.groups = mergedGroups
    template.weights = self.weights.pointer
    template.group_weights_count = groupCount
    template.group_columns = mergedColumns
    template.output_stride = output.pixelStride
    template.output_height = output.height
    template.output_width = output.width
    template.rows = output.pixelCount
    template.items_per_thread = division.itemsPerThread
    template.residual_stride = epilogue.residualPixelStride ?? 0
    template.epilogue = function
  }

  /// Returns the weights of some groups as one matrix of taps * depths x columns, zero outside of its diagonal blocks.
  private static func diagonal(
    _ weights: [Float], _ groups: Range<Int>, taps: Int, depth: Int, columns: Int
  ) -> [Float] {
    let (allDepth, allColumns) = (groups.count * depth, groups.count * columns)
    var matrix = [Float](repeating: 0, count: taps * allDepth * allColumns)
    for (member, group) in groups.enumerated() {
      for column in 0..<columns {
        for d in 0..<depth {
          for tap in 0..<taps {
            matrix[(tap * allDepth + member * depth + d) * allColumns + member * columns + column] =
              weights[((group * columns + column) * depth + d) * taps + tap]
          }
        }
      }
    }
    return matrix
  }

  /// The arguments for one row of pixels as a single work item; for pointwise convolutions.
  var rowTemplate: convolution_arguments {
    var row = template
    row.rows = template.output_width
    row.row_block = (row.rows + kernels.tileRows - 1) / kernels.tileRows * kernels.tileRows
    row.column_block = row.group_columns
    return row
  }

  /// Inputs: image, residual if any. Output: image, which may be the residual.
  func run(_ buffers: KernelBuffers, on pool: WorkerPool) {
    var arguments = template
    arguments.input = buffers.input(0)
    arguments.residual = hasResidual ? UnsafePointer(buffers.input(1)) : nil
    arguments.output = buffers.output()
    let items = convolution_plan(&arguments, work < WorkerPool.smallestSharedWork ? 1 : pool.threadCount)
    // Safe: the shapes were checked at the making, the buffers fit them by `PreparedKernel`'s contract.
    pool.run(
      isPointwise ? pointwise_convolution_task : convolution_task, &arguments, count: items, work: work)
  }
}
