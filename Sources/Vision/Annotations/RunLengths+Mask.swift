import Images

// Both directions go along the rows of the mask, as memory does, although runs go down its columns: within a column a
// run ends where a pixel differs from the one above it.
extension RunLengths {
  /// Makes the runs of a mask; its values from `Mask.threshold` on are inside.
  public init(_ mask: Mask) {
    let (width, height) = (mask.width, mask.height)
    let isInside = { (value: UInt8) in value >= Mask.threshold }
    // Where a pixel differs from the one before it in its column's order, and how many such places each column has.
    var places: [(x: Int, y: Int)] = []
    var starts = [Int](repeating: 0, count: width + 1)
    func note(_ x: Int, _ y: Int) {
      places.append((x, y))
      starts[x + 1] += 1
    }
    let bottom = (height - 1) * width
    for x in 0..<width {
      let before = x == 0 ? false : isInside(mask.values[bottom + x - 1])
      if isInside(mask.values[x]) != before { note(x, 0) }
    }
    for y in 1..<max(height, 1) {
      for x in 0..<width
      where (mask.values[y * width + x] ^ mask.values[(y - 1) * width + x]) & Mask.threshold != 0 {
        note(x, y)
      }
    }
    for x in 0..<width { starts[x + 1] += starts[x] }
    var changes = [Int](repeating: 0, count: places.count)
    for (x, y) in places {
      changes[starts[x]] = x * height + y
      starts[x] += 1
    }
    self.init(
      width: width, height: height, runs: RunBuilder(changes: changes, pixelCount: width * height))
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
