import Images

extension ProbabilityMap {
  /// Returns the probabilities at the centres of some of the image's pixels, row by row; 0 beyond `crop`.
  ///
  /// - Parameters:
  ///   - columns: Columns of the image.
  ///   - rows: Rows of the image.
  public func values(columns: [Int], rows: [Int]) -> [Float] {
    let horizontal = columns.map { Self.place($0, cropStart: crop.x, cropLength: crop.width, samples: width) }
    let vertical = rows.map { Self.place($0, cropStart: crop.y, cropLength: crop.height, samples: height) }
    var result = [Float](repeating: 0, count: columns.count * rows.count)
    for (y, row) in vertical.enumerated() {
      guard let row else { continue }
      for (x, column) in horizontal.enumerated() {
        guard let column else { continue }
        func blended(_ line: Int) -> Float {
          let left = values[line * width + column.first]
          return left + column.part * (values[line * width + column.second] - left)
        }
        let top = blended(row.first)
        result[y * columns.count + x] = top + row.part * (blended(row.second) - top)
      }
    }
    return result
  }

  /// The two samples around the centre of a pixel and how far between them it lies; nil outside.
  private static func place(
    _ pixel: Int, cropStart: Int, cropLength: Int, samples: Int
  ) -> (first: Int, second: Int, part: Float)? {
    guard pixel >= cropStart, pixel < cropStart + cropLength else { return nil }
    let position = (Double(pixel - cropStart) + 0.5) * Double(samples) / Double(cropLength) - 0.5
    let sample = min(max(position, 0), Double(samples - 1))
    let first = Int(sample)
    return (first, min(first + 1, samples - 1), Float(sample - Double(first)))
  }
}
