extension Mask {
  /// Makes a mask of an image's size from logits of a part of it, interpolated between their centres.
  ///
  /// - Parameters:
  ///   - logits: `logitsHeight` rows of `logitsWidth` values that cover `crop`.
  ///   - crop: A part of the image that is not empty; nothing outside of it is inside.
  ///   - threshold: Interpolated logits above it are inside.
  public init(
    logits: [Float], logitsWidth: Int, logitsHeight: Int, crop: PixelRect, width: Int, height: Int,
    threshold: Float = 0
  ) {
    precondition(logits.count == logitsWidth * logitsHeight, "The logits fill their rows")
    let bounds = PixelRect(x: 0, y: 0, width: width, height: height)
    precondition(bounds.contains(crop) && !crop.isEmpty, "\(crop) is not a part of \(bounds)")
    let columns = ResampleAxis(sampleCount: logitsWidth, count: crop.width, filter: .bilinear)
    let rows = ResampleAxis(sampleCount: logitsHeight, count: crop.height, filter: .bilinear)
    var values = [UInt8](repeating: 0, count: width * height)
    var blend = [Float](repeating: 0, count: logitsWidth)
    values.withUnsafeMutableBufferPointer { values in
      for y in 0..<crop.height {
        // Safe: the axes keep every tap inside the logits, and the crop lies inside the image.
        logits.withUnsafeBufferPointer { blendRows($0, rows, y, into: &blend) }
        let target = values.baseAddress! + (crop.y + y) * width + crop.x
        interpolate(blend, columns) { x, value in target[x] = value > threshold ? 255 : 0 }
      }
    }
    self.init(width: width, height: height, values: values)
  }
}

/// Sums the rows of logits that make result row `y`.
private func blendRows(
  _ logits: UnsafeBufferPointer<Float>, _ rows: ResampleAxis, _ y: Int, into blend: inout [Float]
) {
  let width = blend.count
  blend.withUnsafeMutableBufferPointer { blend in
    for tap in 0..<rows.tapCount {
      let weight = rows.weights[y * rows.tapCount + tap]
      // Safe: the row lies inside the logits by the axis' invariant.
      let source = logits.baseAddress! + (rows.starts[y] + tap) * width
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
