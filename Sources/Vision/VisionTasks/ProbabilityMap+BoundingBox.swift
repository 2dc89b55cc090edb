import Images

extension ProbabilityMap {
  /// The smallest rectangle of the image that holds every pixel inside, without a mask of them all; nil when there is
  /// none.
  package var boundingBox: PixelRect? {
    let transposed = (0..<values.count).map { values[$0 % height * width + $0 / height] }
    guard
      let rows = Self.insideRows(
        values, columns: width, rows: height, width: crop.width, height: crop.height),
      let columns = Self.insideRows(
        transposed, columns: height, rows: width, width: crop.height, height: crop.width)
    else { return nil }
    return PixelRect(
      x: crop.x + columns.lowerBound, y: crop.y + rows.lowerBound, width: columns.count, height: rows.count)
  }

  /// Returns from the first to behind the last of `height` rows of `width` pixels that has one inside, when they are
  /// interpolated between `rows` rows of `columns` values.
  private static func insideRows(
    _ values: [Float], columns: Int, rows: Int, width: Int, height: Int
  ) -> Range<Int>? {
    let plane = PlaneResampling(
      values, columns: columns, rows: rows, width: width, height: height, filter: .bilinear)
    func hasInside(_ y: Int) -> Bool { plane.row(y).contains { $0 > threshold } }
    // A pixel lies between values of which one at least is as large.
    func mayHaveInside(_ y: Int) -> Bool { rowsInside[plane.sourceRows(of: y)].contains(true) }
    let rowsInside = (0..<rows).map { values[$0 * columns..<($0 + 1) * columns].contains { $0 > threshold } }
    guard
      let first = (0..<height).first(where: { mayHaveInside($0) && hasInside($0) }),
      let last = (first..<height).last(where: { mayHaveInside($0) && hasInside($0) })
    else { return nil }
    return first..<last + 1
  }
}
