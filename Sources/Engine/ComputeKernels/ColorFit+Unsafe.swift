import CKernels

/// The guided filter's kernels: linear functions of colour fitted to numbers on a grid of places, and rows of pixels read
/// with them.
package struct ColorFit: Sendable {
  /// Factors of red, green and blue bytes and a constant, for 255 times the fitted number.
  package typealias Function = SIMD4<Float>

  /// The grid's places, and how far a window reaches to each side, in places.
  package let columns, rows, reach: Int
  /// The variance of a colour's channel, in 0...1, below which a window counts as flat.
  package let epsilon: Float
  private let kernels: KernelTable

  /// Makes the kernels for a grid with at least one place.
  package init(
    columns: Int, rows: Int, reach: Int, epsilon: Float, instructionSet: InstructionSet = .selected
  ) {
    precondition(columns > 0 && rows > 0 && reach >= 0 && epsilon > 0, "A grid has places")
    self.columns = columns
    self.rows = rows
    self.reach = reach
    self.epsilon = epsilon
    kernels = instructionSet.kernels
  }

  /// Returns the functions of whole rows of the grid.
  ///
  /// - Parameters:
  ///   - wanted: Rows of the grid, at least one.
  ///   - values: The number at each place, row by row.
  ///   - pixels: The bytes of a picture.
  ///   - columnOffsets: For each column, the part of a place's offset in `pixels` that depends on it.
  ///   - rowOffsets: For each row, the other part; red, green and blue lie there.
  package func functions(
    ofRows wanted: Range<Int>, values: [Float], pixels: [UInt8], columnOffsets: [Int], rowOffsets: [Int]
  ) -> [Function] {
    precondition(
      values.count == columns * rows && columnOffsets.count == columns && rowOffsets.count == rows
        && !wanted.isEmpty && wanted.lowerBound >= 0 && wanted.upperBound <= rows, "The values fill the grid")
    precondition(
      (columnOffsets.min() ?? 0) + (rowOffsets.min() ?? 0) >= 0
        && (columnOffsets.max() ?? 0) + (rowOffsets.max() ?? 0) + 2 < pixels.count,
      "Places are pixels of the picture")
    let scratchCount = color_fit_scratch_count(columns, reach)
    return [Function](unsafeUninitializedCapacity: columns * wanted.count) { functions, count in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: scratchCount) { scratch in
        pixels.withUnsafeBufferPointer { pixels in
          columnOffsets.withUnsafeBufferPointer { columnOffsets in
            rowOffsets.withUnsafeBufferPointer { rowOffsets in
              values.withUnsafeBufferPointer { values in
                // Safe: the preconditions keep all places in the buffers; scratch and functions have the room that the
                // kernel asks for, and a function is four floats.
                var arguments = color_fit_arguments(
                  pixels: pixels.baseAddress!, column_offsets: columnOffsets.baseAddress!,
                  row_offsets: rowOffsets.baseAddress!, values: values.baseAddress!, columns: columns,
                  grid_rows: rows, reach: reach, epsilon: epsilon, top: wanted.lowerBound,
                  rows: wanted.count, scratch: scratch.baseAddress!,
                  functions: UnsafeMutableRawPointer(functions.baseAddress!)
                    .assumingMemoryBound(to: Float.self))
                kernels.functions.color_fit(&arguments)
              }
            }
          }
        }
      }
      count = columns * wanted.count
    }
  }

  /// Reads pixels side by side, each with the function between two places around it.
  ///
  /// - Parameters:
  ///   - functions: A row of functions; the one behind each of `places` is there.
  ///   - places: For each pixel, the place before it.
  ///   - fractions: For each pixel, how far it lies on the way to the next place.
  ///   - pixels: Red, green and blue of each pixel.
  ///   - results: Room for `count` bytes.
  package func read(
    _ functions: UnsafePointer<Function>, places: UnsafePointer<Int>, fractions: UnsafePointer<Float>,
    pixels: UnsafePointer<UInt8>, into results: UnsafeMutablePointer<UInt8>, count: Int
  ) {
    // Safe: as the caller promises; a function is four floats.
    var row = color_function_row(
      functions: UnsafeRawPointer(functions).assumingMemoryBound(to: Float.self), places: places,
      fractions: fractions, pixels: pixels, results: results, count: count)
    kernels.functions.color_function_row(&row)
  }
}
