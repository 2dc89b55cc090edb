/// A plane of floats at another size.
package struct PlaneResampling {
  private let source: [Float]
  private let sourceColumns: Int
  private let columns, rows: ResampleAxis
  private let width, height: Int

  /// Plans the resampling of `rows` rows of `columns` values to `height` rows of `width`.
  package init(
    _ values: [Float], columns sourceColumns: Int, rows sourceRows: Int, width: Int, height: Int,
    filter: ResizeFilter
  ) {
    precondition(values.count == sourceColumns * sourceRows, "The values fill their rows")
    source = values
    self.sourceColumns = sourceColumns
    self.width = width
    self.height = height
    columns = ResampleAxis(sampleCount: sourceColumns, count: width, filter: filter)
    rows = ResampleAxis(sampleCount: sourceRows, count: height, filter: filter)
  }

  /// The plane at its new size, row by row.
  var values: [Float] {
    if source.count == width * height && sourceColumns == width { return source }
    return [Float](unsafeUninitializedCapacity: width * height) { values, count in
      let target = values.baseAddress!
      // Safe: rows are disjoint parts of the buffer, and each is written.
      forEachRow { y, row in (target + y * width).initialize(from: row, count: width) }
      count = width * height
    }
  }

  /// Returns one row of the result.
  package func row(_ y: Int) -> [Float] {
    precondition(y >= 0 && y < height, "The result has \(height) rows")
    return [Float](unsafeUninitializedCapacity: width) { row, count in
      source.withUnsafeBufferPointer { source in
        withUnsafeTemporaryAllocation(of: Float.self, capacity: sourceColumns) { blend in
          // Safe: as in `forEachRow`.
          blendRows(source.baseAddress!, y, into: blend.baseAddress!)
          blendColumns(blend.baseAddress!, into: row.baseAddress!)
        }
      }
      count = width
    }
  }

  /// The rows of values that make a row of the result.
  package func sourceRows(of y: Int) -> Range<Int> { rows.starts[y]..<rows.starts[y] + rows.tapCount }

  /// Calls `body` for each row of the result, bands of rows at the same time.
  func forEachRow(_ body: (_ y: Int, _ row: UnsafePointer<Float>) -> Void) {
    source.withUnsafeBufferPointer { source in
      RowBands.forEach(of: height) { band in
        withUnsafeTemporaryAllocation(of: Float.self, capacity: sourceColumns + width) { room in
          let blend = room.baseAddress!
          let row = blend + sourceColumns
          for y in band {
            // Safe: the axes keep every tap inside the values; the room holds a row of the source and one of the result.
            blendRows(source.baseAddress!, y, into: blend)
            blendColumns(blend, into: row)
            body(y, row)
          }
        }
      }
    }
  }

  /// Sums the rows of values that make result row `y`.
  private func blendRows(_ source: UnsafePointer<Float>, _ y: Int, into blend: UnsafeMutablePointer<Float>) {
    for tap in 0..<rows.tapCount {
      let weight = rows.weights[y * rows.tapCount + tap]
      // Safe: the row lies inside the values by the axis' invariant.
      let row = source + (rows.starts[y] + tap) * sourceColumns
      if tap == 0 {
        for x in 0..<sourceColumns { blend[x] = weight * row[x] }
      } else if weight != 0 {
        for x in 0..<sourceColumns { blend[x] += weight * row[x] }
      }
    }
  }

  /// Sums the values of a row that make each of a result row's.
  private func blendColumns(_ blend: UnsafePointer<Float>, into row: UnsafeMutablePointer<Float>) {
    let tapCount = columns.tapCount
    columns.starts.withUnsafeBufferPointer { starts in
      columns.weights.withUnsafeBufferPointer { weights in
        // Safe: `starts[x]` + `tapCount` is within the row, and each result has `tapCount` weights.
        for x in 0..<width {
          var sum: Float = 0
          for tap in 0..<tapCount { sum += weights[x * tapCount + tap] * blend[starts[x] + tap] }
          row[x] = sum
        }
      }
    }
  }
}
