import CKernels

/// How a resized image takes its values.
package enum ResizeMode: Sendable, Hashable {
  case bilinear
  /// The nearest pixel, ties as named.
  case nearest(NearestRounding)
}

/// Which pixel is nearest.
package enum NearestRounding: Sendable, Hashable { case roundPreferFloor, roundPreferCeiling, floor, ceiling }

/// How output coordinates map to input coordinates.
package enum ResizeCoordinates: Sendable, Hashable {
  /// Pixel centres at one half: (x + 1/2) / scale - 1/2.
  case halfPixel
  /// The centres of the corner pixels coincide.
  case alignCorners
  /// x / scale.
  case asymmetric
}

/// Resizing of an image. Input: image; output: image.
package struct Resize: PreparedKernel, @unchecked Sendable {
  // Sendable: the tables are never written again.
  package let name: String
  private var template: resize_arguments
  private let rowTaps: [resize_tap]
  private let columnTaps: [resize_tap]
  private let rows: Int
  private let work: Int
  private let task: worker_pool_body

  /// Makes the kernel.
  ///
  /// - Parameter scales: output over input size, (vertical, horizontal), when it is not the ratio of the sizes.
  package init(
    input: ImageShape, output: ImageShape, mode: ResizeMode, coordinates: ResizeCoordinates,
    scales: (Double, Double)? = nil, instructionSet: InstructionSet = .selected
  ) {
    let kernels = instructionSet.kernels
    rowTaps = Self.taps(
      from: input.height, to: output.height, scale: scales?.0, mode: mode, coordinates: coordinates)
    columnTaps = Self.taps(
      from: input.width, to: output.width, scale: scales?.1, mode: mode, coordinates: coordinates)
    switch mode {
    case .bilinear:
      name = "f32_bilinear_resize_\(kernels.suffix)"
      task = kernels.functions.bilinear_resize_task
    case .nearest:
      name = "f32_nearest_resize"
      task = nearest_resize_task
    }
    rows = output.batch * output.height
    work = output.elementCount * 4
    template = resize_arguments()
    template.input_stride = input.pixelStride
    template.input_height = input.height
    template.input_width = input.width
    template.channels = input.channels
    template.output_stride = output.pixelStride
    template.output_height = output.height
    template.output_width = output.width
  }

  package func run(_ buffers: KernelBuffers, on pool: WorkerPool) {
    // Safe: the tables live until the closures return, the shapes are those of the buffers.
    rowTaps.withUnsafeBufferPointer { rowTaps in
      columnTaps.withUnsafeBufferPointer { columnTaps in
        var arguments = template
        arguments.rows = rowTaps.baseAddress
        arguments.columns = columnTaps.baseAddress
        arguments.input = buffers.input(0)
        arguments.output = buffers.output()
        pool.run(task, &arguments, count: rows, work: work)
      }
    }
  }

  private static func taps(
    from inputSize: Int, to outputSize: Int, scale: Double?, mode: ResizeMode, coordinates: ResizeCoordinates
  ) -> [resize_tap] {
    let ratio = scale.map { 1 / $0 } ?? Double(inputSize) / Double(max(outputSize, 1))
    let last = Double(inputSize - 1)
    return (0..<outputSize).map { index in
      let place: Double =
        switch coordinates {
        case .halfPixel: (Double(index) + 0.5) * ratio - 0.5
        case .alignCorners: outputSize > 1 ? Double(index) * last / Double(outputSize - 1) : 0
        case .asymmetric: Double(index) * ratio
        }
      switch mode {
      case .bilinear:
        let inside = min(max(place, 0), last)
        let first = inside.rounded(.down)
        return resize_tap(
          first: Int32(first), second: Int32(min(first + 1, last)), fraction: Float(inside - first))
      case .nearest(let rounding):
        let rounded: Double =
          switch rounding {
          case .roundPreferFloor: (place - 0.5).rounded(.up)
          case .roundPreferCeiling: (place + 0.5).rounded(.down)
          case .floor: place.rounded(.down)
          case .ceiling: place.rounded(.up)
          }
        let pixel = Int32(min(max(rounded, 0), last))
        return resize_tap(first: pixel, second: pixel, fraction: 0)
      }
    }
  }
}
