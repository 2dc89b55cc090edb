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

/// Where each row and column of a resized image reads.
final class ResizeTables: @unchecked Sendable {
  // Sendable: never written after the making.
  private let rowTaps: UnsafeMutableBufferPointer<resize_tap>
  private let columnTaps: UnsafeMutableBufferPointer<resize_tap>
  private let input: ImageShape
  private let output: ImageShape

  /// - Parameter scales: output over input size, (vertical, horizontal), when it is not the ratio of the sizes.
  init(
    from input: ImageShape, to output: ImageShape, mode: ResizeMode, coordinates: ResizeCoordinates,
    scales: (Double, Double)? = nil
  ) {
    self.input = input
    self.output = output
    rowTaps = Self.table(
      Self.taps(from: input.height, to: output.height, scale: scales?.0, mode: mode, coordinates: coordinates)
    )
    columnTaps = Self.table(
      Self.taps(from: input.width, to: output.width, scale: scales?.1, mode: mode, coordinates: coordinates))
  }

  // Safe: no kernel that holds `self` is running any more.
  deinit {
    rowTaps.deallocate()
    columnTaps.deallocate()
  }

  /// The arguments of the C kernels, which point into the tables and hold as long as `self`.
  func template(_ kernels: KernelTable) -> resize_arguments {
    var template = resize_arguments()
    template.kernels = kernels.pointer
    template.input_stride = input.pixelStride
    template.input_height = input.height
    template.input_width = input.width
    template.channels = input.channels
    template.output_stride = output.pixelStride
    template.output_height = output.height
    template.output_width = output.width
    template.rows = UnsafePointer(rowTaps.baseAddress)
    template.columns = UnsafePointer(columnTaps.baseAddress)
    return template
  }

  private static func table(_ taps: [resize_tap]) -> UnsafeMutableBufferPointer<resize_tap> {
    let table = UnsafeMutableBufferPointer<resize_tap>.allocate(capacity: taps.count)
    _ = table.initialize(from: taps)
    return table
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

/// Resizing of an image. Input: image; output: image, or with `isPlanar` one whose channels lie one behind the other.
package struct Resize: PreparedKernel, @unchecked Sendable {
  // Sendable: the tables are never written again.
  package let name: String
  package let scratchByteCount: Int
  private let template: resize_arguments
  private let tables: ResizeTables
  private let rows: Int
  private let work: Int
  private let task: worker_pool_body

  /// Makes the kernel.
  ///
  /// - Parameters:
  ///   - scales: output over input size, (vertical, horizontal), when it is not the ratio of the sizes.
  ///   - isPlanar: whether the result is channels first, without gaps; for bilinear resizing only.
  package init(
    input: ImageShape, output: ImageShape, mode: ResizeMode, coordinates: ResizeCoordinates,
    scales: (Double, Double)? = nil, isPlanar: Bool = false, instructionSet: InstructionSet = .selected
  ) {
    precondition(!isPlanar || mode == .bilinear, "Only bilinear resizing writes channels first")
    let kernels = instructionSet.kernels
    var output = output
    if isPlanar {
      // Whole cache lines for each pixel of the row that is transposed.
      output.pixelStride = (output.channels + 15) / 16 * 16
      scratchByteCount =
        output.width * output.pixelStride * WorkerPool.processorCount * MemoryLayout<Float>.stride
    } else {
      scratchByteCount = 0
    }
    switch mode {
    case .bilinear where isPlanar:
      name = "f32_planar_bilinear_resize_\(kernels.suffix)"
      task = planar_bilinear_resize_task
    case .bilinear:
      name = "f32_bilinear_resize_\(kernels.suffix)"
      task = bilinear_resize_task
    case .nearest:
      name = "f32_nearest_resize"
      task = nearest_resize_task
    }
    rows = output.batch * output.height
    work = output.elementCount * 4
    tables = ResizeTables(from: input, to: output, mode: mode, coordinates: coordinates, scales: scales)
    template = tables.template(kernels)
  }

  package func run(_ buffers: KernelBuffers, on pool: WorkerPool) {
    // Safe: the shapes are those of the buffers, and `self` holds the tables.
    var arguments = template
    arguments.input = buffers.input(0)
    arguments.output = buffers.output()
    arguments.scratch = buffers.scratch.assumingMemoryBound(to: Float.self)
    pool.run(task, &arguments, count: rows, work: work)
  }
}
