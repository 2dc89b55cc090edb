import CKernels
import Tensors

/// One operator of a row pipeline and the image it makes.
package struct RowStage: Sendable {
  /// What a stage does with its rows.
  package enum Operation: Sendable {
    /// A 1x1 convolution; weights are [output channels, input channels], further dimensions being 1.
    case pointwise(weights: Tensor, bias: Tensor?, epilogue: Epilogue)
    /// A depthwise convolution without a residual; weights are [channels, 1, kernel height, kernel width].
    case depthwise(window: Window, weights: Tensor, bias: Tensor?, epilogue: Epilogue)
    case bilinearResize(coordinates: ResizeCoordinates)
  }

  package var operation: Operation
  package var output: ImageShape

  package init(_ operation: Operation, output: ImageShape) {
    self.operation = operation
    self.output = output
  }

  /// Products of all stages.
  static func work(_ stages: [RowStage], input: ImageShape) -> Int {
    var channels = input.channels
    return stages.reduce(0) { work, stage in
      defer { channels = stage.output.channels }
      let perElement =
        switch stage.operation {
        case .pointwise: channels
        case .depthwise(let window, _, _, _): window.tapCount
        case .bilinearResize: 4
        }
      return work + stage.output.elementCount * perElement
    }
  }

  var residualPixelStride: Int? {
    guard case .pointwise(_, _, let epilogue) = operation else { return nil }
    return epilogue.residualPixelStride
  }
}

/// A chain of operators on images in a single pass over rows, so that the images between them never leave the cache.
///
/// The inverted residual block (Sandler et al., MobileNetV2) is the commonest: a widening pointwise convolution, a
/// depthwise one and a narrowing pointwise one.
///
/// Inputs: image, then the residual of each stage that has one. Output: image, which does not overlap the input but
/// may be the last stage's residual.
package struct RowPipeline: PreparedKernel, @unchecked Sendable {
  // Sendable: the template's pointers lead to blocks and tables that are never written again.
  package let name: String
  package let scratchByteCount: Int
  private var template = row_pipeline_arguments()
  // These keep the weights and tables that the template points to.
  private var convolutions: [PackedConvolution] = []
  private var filters: [DepthwiseConvolution] = []
  private var resizes: [ResizeTables] = []
  private let hasResidual: [Bool]
  private let rows: Int
  private let work: Int

  /// The most stages of one pipeline.
  package static let maximumStages = row_pipeline_maximum_stages

  /// Bytes of rows and weights that one pass may keep in use: they should stay in a second-level cache of 512 KiB.
  package static let cacheBudget = 512 << 10

  /// Whether an image between two operators is so large that one pass beats two: it must overflow the cache.
  package static func pays(between image: ImageShape) -> Bool {
    image.height * image.width * image.channels * MemoryLayout<Float>.stride > 2 << 20
  }

  /// Makes the kernel; `stages` are at least two and at most `maximumStages`, those but the last without gaps
  /// between pixels.
  package init(input: ImageShape, stages: [RowStage], instructionSet: InstructionSet = .selected) {
    precondition((2...Self.maximumStages).contains(stages.count), "\(stages.count) stages are not a pipeline")
    var compiled: [row_stage] = []
    var before = input
    for stage in stages {
      let output = stage.output
      var arguments = row_stage()
      arguments.input_height = before.height
      arguments.output_height = output.height
      arguments.input_row = before.width * before.pixelStride
      arguments.output_row = output.width * output.pixelStride
      switch stage.operation {
      case .pointwise(let weights, let bias, let epilogue):
        let usesDotProducts = DotConvolution.computes(
          inputChannels: before.channels, outputChannels: output.channels, epilogue, instructionSet)
        let convolution = PackedConvolution(
          input: before, output: output, window: Window(kernel: (1, 1)), groups: 1, weights: weights,
          bias: bias, epilogue: epilogue, usesDotProducts: usesDotProducts,
          instructionSet: usesDotProducts
            ? instructionSet : instructionSet.suited(toColumns: output.channels))
        convolutions.append(convolution)
        arguments.kind = row_stage_pointwise
        arguments.pointwise = convolution.rowTemplate
      case .depthwise(let window, let weights, let bias, let epilogue):
        precondition(epilogue.residualPixelStride == nil, "A depthwise stage adds no residual")
        let filter = DepthwiseConvolution(
          input: before, output: output, window: window, weights: weights, bias: bias, epilogue: epilogue,
          instructionSet: instructionSet)
        filters.append(filter)
        arguments.kind = row_stage_depthwise
        arguments.depthwise = filter.template
      case .bilinearResize(let coordinates):
        let tables = ResizeTables(from: before, to: output, mode: .bilinear, coordinates: coordinates)
        resizes.append(tables)
        arguments.kind = row_stage_bilinear_resize
        arguments.resize = tables.template(instructionSet.kernels)
      }
      compiled.append(arguments)
      before = output
    }
    // Safe: the tuple has `maximumStages` elements, and there are no more stages.
    withUnsafeMutableBytes(of: &template.stages) { bytes in
      let stages = bytes.bindMemory(to: row_stage.self)
      for (index, stage) in compiled.enumerated() { stages[index] = stage }
    }
    template.stage_count = compiled.count
    row_pipeline_set_rings(&template)
    name = Self.name(instructionSet)
    hasResidual = stages.map { $0.residualPixelStride != nil }
    rows = before.batch * before.height
    work = RowStage.work(stages, input: input)
    scratchByteCount =
      row_pipeline_scratch_count(&template) * WorkerPool.processorCount * MemoryLayout<Float>.stride
  }

  static func name(_ set: InstructionSet) -> String { "f32_row_pipeline_\(set.kernels.suffix)" }

  package func run(_ buffers: KernelBuffers, on pool: WorkerPool) {
    var arguments = template
    arguments.input = buffers.input(0)
    arguments.output = buffers.output()
    arguments.scratch = buffers.scratch.assumingMemoryBound(to: Float.self)
    // Safe: as at the making.
    withUnsafeMutableBytes(of: &arguments.stages) { bytes in
      let stages = bytes.bindMemory(to: row_stage.self)
      var next = 1
      for index in hasResidual.indices where hasResidual[index] {
        stages[index].pointwise.residual = buffers.input(next)
        next += 1
      }
    }
    // Long strips: each recomputes rows that it shares with the strip above.
    // Safe: a worker's number is below `processorCount`, for which scratch has room; the shapes fit the buffers.
    pool.run(
      row_pipeline_task, &arguments, count: rows,
      grain: (rows + 3 * pool.threadCount - 1) / (3 * pool.threadCount), work: work)
  }
}
