/// Means over square windows, in time that does not depend on their size; windows end at the picture's edges.
///
/// Several quantities are averaged at once as the lanes of a vector.
package struct BoxMean {
  /// Places in a row, and rows.
  package let width, height: Int
  /// How many places a window reaches from its middle to each side.
  package let reach: Int

  /// Makes the means over windows that reach `reach` places, of `height` rows of `width` values.
  package init(width: Int, height: Int, reach: Int) {
    self.width = width
    self.height = height
    self.reach = reach
  }

  /// Returns the mean of the window around each place.
  package func of<Value: SIMD & Sendable>(_ values: [Value]) -> [Value] where Value.Scalar == Float {
    precondition(values.count == width * height, "The values fill their rows")
    var sums = values
    sums.withUnsafeMutableBufferPointer { sums in
      let target = sums.baseAddress!
      values.withUnsafeBufferPointer { values in
        let source = values.baseAddress!
        // Safe: bands hold disjoint ranges of rows inside the values, and each writes only its own.
        RowBands.forEach(of: height) { rows in averageColumns(source, into: target, rows: rows) }
      }
      RowBands.forEach(of: height) { rows in averageRows(target, rows: rows) }
    }
    return sums
  }

  /// Replaces each place by the mean of the column around it.
  private func averageColumns<Value: SIMD>(
    _ source: UnsafePointer<Value>, into target: UnsafeMutablePointer<Value>, rows: Range<Int>
  ) where Value.Scalar == Float {
    var sums = [Value](repeating: .zero, count: width)
    sums.withUnsafeMutableBufferPointer { sums in
      let window = max(rows.lowerBound - reach, 0)..<min(rows.lowerBound + reach, height)
      for y in window {
        for x in 0..<width { sums[x] += source[y * width + x] }
      }
      for y in rows {
        // Safe: rows that enter and leave are checked to be rows of the source.
        let share = 1 / Float(min(y + reach, height - 1) - max(y - reach, 0) + 1)
        let entering = y + reach < height ? source + (y + reach) * width : nil
        let leaving = y - reach >= 0 ? source + (y - reach) * width : nil
        let row = target + y * width
        for x in 0..<width {
          var sum = sums[x]
          if let entering { sum += entering[x] }
          row[x] = sum * share
          if let leaving { sum -= leaving[x] }
          sums[x] = sum
        }
      }
    }
  }

  /// Replaces each place by the mean of the row around it.
  private func averageRows<Value: SIMD>(
    _ values: UnsafeMutablePointer<Value>, rows: Range<Int>
  ) where Value.Scalar == Float {
    let shares = (0..<width).map { 1 / Float(min($0 + reach, width - 1) - max($0 - reach, 0) + 1) }
    var copy = [Value](repeating: .zero, count: width)
    copy.withUnsafeMutableBufferPointer { copy in
      for y in rows {
        let row = values + y * width
        var sum = Value.zero
        for x in 0..<width { copy[x] = row[x] }
        for x in 0..<min(reach, width) { sum += copy[x] }
        for x in 0..<width {
          if x + reach < width { sum += copy[x + reach] }
          row[x] = sum * shares[x]
          if x - reach >= 0 { sum -= copy[x - reach] }
        }
      }
    }
  }
}
