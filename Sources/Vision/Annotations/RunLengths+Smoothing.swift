import Images

extension RunLengths {
  /// The mask with a smoother outline: each pixel is what most pixels of the five by five around it are, and stays where
  /// both are as many; beyond the image there are none.
  public var smoothed: RunLengths {
    let reach = 2
    guard let crop = surroundings(margin: reach) else { return self }
    let inside = pixels(in: crop)
    // Sums over the columns of each row, then over the rows of those.
    var sums = [Int32](repeating: 0, count: inside.count)
    for y in 0..<crop.height {
      for x in 0..<crop.width {
        for other in max(x - reach, 0)...min(x + reach, crop.width - 1) where inside[y * crop.width + other] {
          sums[y * crop.width + x] += 1
        }
      }
    }
    var result = inside
    for y in 0..<crop.height {
      let rows = max(y - reach, 0)...min(y + reach, crop.height - 1)
      let imageRows = Self.count(around: crop.y + y, reach: reach, limit: height)
      for x in 0..<crop.width {
        var sum: Int32 = 0
        for row in rows { sum += sums[row * crop.width + x] }
        let count = imageRows * Self.count(around: crop.x + x, reach: reach, limit: width)
        if 2 * Int(sum) != count { result[y * crop.width + x] = 2 * Int(sum) > count }
      }
    }
    return RunLengths(width: width, height: height, pixels: result, in: crop)
  }

  /// How many places there are around one within `0..<limit`.
  private static func count(around place: Int, reach: Int, limit: Int) -> Int {
    min(place + reach, limit - 1) - max(place - reach, 0) + 1
  }
}
