import Images

extension Mask {
  /// Whether each of some pixels is inside, row by row; places outside the image are not.
  func sampled(columns: [Int], rows: [Int]) -> [Bool] {
    var result = [Bool](repeating: false, count: columns.count * rows.count)
    for (y, row) in rows.enumerated() where row >= 0 && row < height {
      let start = row * width
      let target = y * columns.count
      for (x, column) in columns.enumerated() where column >= 0 && column < width {
        result[target + x] = values[start + column] >= Self.threshold
      }
    }
    return result
  }
}
