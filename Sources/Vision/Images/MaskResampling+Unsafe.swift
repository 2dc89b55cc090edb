extension Mask {
  /// Makes a mask of an image's size from values over a part of it, interpolated between their centres.
  ///
  /// - Parameters:
  ///   - values: `rows` rows of `columns` values that cover `crop`.
  ///   - crop: A part of the image that is not empty; nothing outside of it is inside.
  ///   - threshold: Where interpolated values are above it is inside.
  public init(
    interpolating values: [Float], columns valueColumns: Int, rows valueRows: Int, over crop: PixelRect,
    width: Int, height: Int, threshold: Float
  ) {
    precondition(values.count == valueColumns * valueRows, "The values fill their rows")
    let bounds = PixelRect(x: 0, y: 0, width: width, height: height)
    precondition(bounds.contains(crop) && !crop.isEmpty, "\(crop) is not a part of \(bounds)")
    let columns = ResampleAxis(sampleCount: valueColumns, count: crop.width, filter: .bilinear)
    let rows = ResampleAxis(sampleCount: valueRows, count: crop.height, filter: .bilinear)
    var mask = [UInt8](repeating: 0, count: width * height)
    var blend = [Float](repeating: 0, count: valueColumns)
    mask.withUnsafeMutableBufferPointer { mask in
      for y in 0..<crop.height {
        // Safe: the axes keep every tap inside the values, and the crop lies inside the image.
        values.withUnsafeBufferPointer { blendRows($0, rows, y, into: &blend) }
        let target = mask.baseAddress! + (crop.y + y) * width + crop.x
        interpolate(blend, columns) { x, value in target[x] = value > threshold ? 255 : 0 }
      }
    }
    self.init(width: width, height: height, values: mask)
  }
}

/// Sums the rows of values that make result row `y`.
private func blendRows(
  _ values: UnsafeBufferPointer<Float>, _ rows: ResampleAxis, _ y: Int, into blend: inout [Float]
) {
  let width = blend.count
  blend.withUnsafeMutableBufferPointer { blend in
    for tap in 0..<rows.tapCount {
      let weight = rows.weights[y * rows.tapCount + tap]
      // Safe: the row lies inside the values by the axis' invariant.
      let source = values.baseAddress! + (rows.starts[y] + tap) * width
      for x in 0..<width { blend[x] = (tap == 0 ? 0 : blend[x]) + weight * source[x] }
    }
  }
}

/// Calls `body` with each result along a row.
private func interpolate(_ row: [Float], _ columns: ResampleAxis, _ body: (Int, Float) -> Void) {
  row.withUnsafeBufferPointer { row in
    columns.starts.withUnsafeBufferPointer { starts in
      columns.weights.withUnsafeBufferPointer { weights in
        // Safe: `starts[x]` + `tapCount` is within the row, and each result has `tapCount` weights.
        for x in 0..<starts.count {
          var sum: Float = 0
          for tap in 0..<columns.tapCount {
            sum += weights[x * columns.tapCount + tap] * row[starts[x] + tap]
          }
          body(x, sum)
        }
      }
    }
  }
}
