extension RunLengths {
  /// Makes the mask of a polygon as the COCO API does, pixel by pixel: its lines are drawn on a grid five times as fine,
  /// and a column's runs change where they cross its middle. From `rleFrPoly` of the COCO API.
  ///
  /// - Parameter points: Corners within a billion pixels; the last is joined with the first.
  public init(width: Int, height: Int, cocoPolygon points: [ImagePlace]) {
    let scale = 5.0
    let corners = points.map { (x: Int(scale * $0.x + 0.5), y: Int(scale * $0.y + 0.5)) }
    var changes: [Int] = []
    var last: (x: Int, y: Int)?
    func visit(_ x: Int, _ y: Int) {
      defer { last = (x, y) }
      guard let last, last.x != x else { return }
      let column = (Double(min(x, last.x)) + 0.5) / scale - 0.5
      guard column == column.rounded(.down), column >= 0, column <= Double(width - 1) else { return }
      let row = (Double(min(y, last.y)) + 0.5) / scale - 0.5
      changes.append(Int(column) * height + Int(min(max(row, 0), Double(height)).rounded(.up)))
    }
    for (one, two) in zip(corners, corners.dropFirst() + corners.prefix(1)) {
      let (dx, dy) = (abs(two.x - one.x), abs(two.y - one.y))
      let isAcross = dx >= dy
      // A line is drawn the same in both directions.
      let isFlipped = isAcross ? one.x > two.x : one.y > two.y
      let (start, end) = isFlipped ? (two, one) : (one, two)
      let length = max(dx, dy)
      let slope = length == 0 ? 0 : Double(isAcross ? end.y - start.y : end.x - start.x) / Double(length)
      for step in 0...length {
        let along = isFlipped ? length - step : step
        if isAcross {
          visit(start.x + along, Int(Double(start.y) + slope * Double(along) + 0.5))
        } else {
          visit(Int(Double(start.x) + slope * Double(along) + 0.5), start.y + along)
        }
      }
    }
    self.init(width: width, height: height, changes: changes.sorted())
  }
}
