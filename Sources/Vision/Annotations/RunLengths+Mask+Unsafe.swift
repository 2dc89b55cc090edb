import Images

// Both directions go along the rows of the mask, as memory does, although runs go down its columns: within a column a
// run begins or ends where a pixel differs from the one above it.
extension RunLengths {
  /// Makes the runs of a mask; its values from `Mask.threshold` on are inside.
  public init(_ mask: Mask) { self.init(CroppedMask(mask)) }

  /// Makes the runs of a mask; its values from `Mask.threshold` on are inside.
  public init(_ mask: CroppedMask) {
    let (columns, rows) = (mask.crop.width, mask.crop.height)
    var places: [(column: Int, row: Int)] = []
    // How many changes are in the columns before each.
    var starts = [Int](repeating: 0, count: columns + 1)
    let outside = [UInt8](repeating: 0, count: columns)
    outside.withUnsafeBufferPointer { outside in
      mask.part.values.withUnsafeBufferPointer { values in
        // Safe: rows 0..<rows of the part are in the values, and what is above and below them has a row of its own.
        for row in 0...rows {
          let above = row > 0 ? values.baseAddress! + (row - 1) * columns : outside.baseAddress!
          let here = row < rows ? values.baseAddress! + row * columns : outside.baseAddress!
          Self.forEachChange(from: above, to: here, count: columns) { column in
            places.append((column, row))
            starts[column + 1] += 1
          }
        }
      }
    }
    for column in 0..<columns { starts[column + 1] += starts[column] }
    // A run down to the image's last row ends where the next column begins, and one from there joins it.
    var changes = [Int](repeating: 0, count: places.count)
    for (column, row) in places {
      changes[starts[column]] = (mask.crop.x + column) * mask.height + mask.crop.y + row
      starts[column] += 1
    }
    self.init(width: mask.width, height: mask.height, changes: changes)
  }

  /// Calls `body` with the ascending columns whose value is inside in one of two rows alone; where nothing changes, 32 of
  /// them cost one step.
  private static func forEachChange(
    from above: UnsafePointer<UInt8>, to here: UnsafePointer<UInt8>, count: Int, _ body: (Int) -> Void
  ) {
    typealias Words = SIMD4<UInt64>
    let size = MemoryLayout<Words>.size
    let threshold = Words(repeating: UInt64(Mask.threshold) &* 0x0101_0101_0101_0101)
    var column = 0
    // Safe: words and bytes end within the `count` bytes of both rows.
    while column < count {
      if column + size <= count {
        let first = UnsafeRawPointer(above + column).loadUnaligned(as: Words.self)
        let second = UnsafeRawPointer(here + column).loadUnaligned(as: Words.self)
        if (first ^ second) & threshold == .zero {
          column += size
          continue
        }
      }
      let end = min(column + size, count)
      while column < end {
        if (above[column] ^ here[column]) & Mask.threshold != 0 { body(column) }
        column += 1
      }
    }
  }

  /// The mask in pixels, of the part of the image that holds it: 255 inside, 0 outside.
  public var croppedMask: CroppedMask {
    let crop = boundingBox ?? PixelRect(x: 0, y: 0, width: 1, height: 1)
    var values = [UInt8](repeating: 0, count: crop.area)
    forEachPiece { x, rows in
      for y in rows { values[(y - crop.y) * crop.width + x - crop.x] = 255 }
    }
    return CroppedMask(
      Mask(width: crop.width, height: crop.height, values: values), at: crop, width: width, height: height)
  }

  /// The mask in pixels: 255 inside, 0 outside.
  public var mask: Mask {
    var values = [UInt8](repeating: 0, count: width * height)
    for run in insideRuns {
      // Marks the pixels that differ from the one above; the top of each column has none above.
      let (first, last) = (run.lowerBound / height, run.upperBound / height)
      values[run.lowerBound % height * width + first] ^= 255
      if last > first { for x in first + 1..<min(last + 1, width) { values[x] ^= 255 } }
      if last < width { values[run.upperBound % height * width + last] ^= 255 }
    }
    for index in width..<max(values.count, width) { values[index] ^= values[index - width] }
    return Mask(width: width, height: height, values: values)
  }
}
