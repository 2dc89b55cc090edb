extension RunLengths {
  /// Returns whether the pixels at the crossings of rows and columns are inside, row by row, without unpacking the mask.
  ///
  /// - Parameters:
  ///   - columns: Columns in ascending order; may repeat. Those outside the image stand before and after all others.
  ///   - rows: Rows likewise.
  public func sampled(columns: [Int], rows: [Int]) -> [Bool] {
    var result = [Bool](repeating: false, count: columns.count * rows.count)
    // For each row of the mask the first sample that is not above it; likewise for columns.
    let firstRow = Self.firstSamples(rows, count: height)
    let firstColumn = Self.firstSamples(columns, count: width)
    for run in insideRuns {
      var start = run.lowerBound
      while start < run.upperBound {
        let column = start / height
        let end = min(run.upperBound, (column + 1) * height)
        let samples = firstColumn[column]..<firstColumn[column + 1]
        if !samples.isEmpty {
          let top = firstRow[start - column * height]
          let bottom = firstRow[end - column * height]
          if top < bottom {
            for sample in samples {
              result[top * columns.count + sample].toggle()
              if bottom < rows.count { result[bottom * columns.count + sample].toggle() }
            }
          }
        }
        start = end
      }
    }
    // Marked are the samples that differ from the one above: a row at a time is what memory and processors like.
    for index in columns.count..<max(result.count, columns.count) {
      result[index] = result[index] != result[index - columns.count]
    }
    return result
  }

  private static func firstSamples(_ places: [Int], count: Int) -> [Int] {
    let start = places.firstIndex { (0..<count).contains($0) } ?? 0
    let end = (places.lastIndex { (0..<count).contains($0) } ?? -1) + 1
    var result = [Int](repeating: end, count: count + 1)
    var index = end - 1
    for place in stride(from: count - 1, through: 0, by: -1) {
      while index >= start, places[index] >= place { index -= 1 }
      result[place] = index + 1
    }
    return result
  }
}
