import CKernels

/// What stands outside a padded tensor.
package enum PadMode: Sendable, Hashable {
  case constant(Float)
  /// The mirrored values, without repeating the edge.
  case reflect
  /// The value at the edge.
  case edge
}

/// Padding of a contiguous tensor, in the order in which it lies in memory. Input and output: the tensor.
package struct Pad: PreparedKernel, @unchecked Sendable {
  // Sendable: the tables are never written again.
  package let name = "f32_pad"
  private var template: pad_arguments
  /// The sources of all dimensions, one dimension behind the other.
  private let sources: [Int32]
  private let starts: [Int]
  private let rows: Int
  private let elementCount: Int

  /// Makes the kernel; negative amounts crop.
  package init(dimensions: [Int], before: [Int], after: [Int], mode: PadMode) {
    let output = dimensions.indices.map { dimensions[$0] + before[$0] + after[$0] }
    var sources: [Int32] = []
    var starts: [Int] = []
    for axis in dimensions.indices {
      starts.append(sources.count)
      let size = dimensions[axis]
      for index in 0..<output[axis] {
        let place = index - before[axis]
        let isInside = place >= 0 && place < size
        switch mode {
        case .constant: sources.append(isInside ? Int32(place) : -1)
        case .edge: sources.append(Int32(min(max(place, 0), size - 1)))
        case .reflect:
          let period = max(2 * (size - 1), 1)
          let folded = ((place % period) + period) % period
          sources.append(Int32(min(folded, period - folded)))
        }
      }
    }
    self.sources = sources
    self.starts = starts
    elementCount = output.reduce(1, *)
    rows = output.dropLast().reduce(1, *)
    var strides = [Int](repeating: 1, count: dimensions.count)
    for axis in dimensions.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * dimensions[axis + 1]
    }
    template = pad_arguments()
    template.rank = dimensions.count
    if case .constant(let value) = mode { template.constant = value }
    setTuple(&template.dimensions, output)
    setTuple(&template.input_strides, strides)
  }

  package func run(_ buffers: KernelBuffers, on pool: WorkerPool) {
    guard elementCount > 0 else { return }
    // Safe: the tables live until the closure returns; `sources` has as many entries as the dimensions say.
    sources.withUnsafeBufferPointer { sources in
      var arguments = template
      withUnsafeMutableBytes(of: &arguments.sources) { bytes in
        let pointers = bytes.bindMemory(to: UnsafePointer<Int32>?.self)
        for (axis, start) in starts.enumerated() { pointers[axis] = sources.baseAddress! + start }
      }
      arguments.input = buffers.input(0)
      arguments.output = buffers.output()
      pool.run(pad_task, &arguments, count: rows, work: elementCount)
    }
  }
}
