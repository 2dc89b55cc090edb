/// A place on an image, in pixels from the left and the top; the centre of the first pixel is at 0.5.
public struct ImagePlace: Sendable, Hashable {
  /// The place.
  public var x, y: Double

  /// Makes a place.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

// Drawn shapes hold the pixels whose centres they hold.
extension RunLengths {
  /// Makes the mask of a stroke: all that is not further than half of its thickness from a line through points.
  public init(width: Int, height: Int, strokeThrough points: [ImagePlace], thickness: Double) {
    var mask = RunLengths(width: width, height: height)
    for (start, end) in zip(points, points.dropFirst().isEmpty ? points[...] : points.dropFirst()) {
      mask = mask.union(
        RunLengths(width: width, height: height, capsuleFrom: start, to: end, radius: thickness / 2))
    }
    self = mask
  }

  /// Makes the mask of all that is not further than `radius` from a line between two points.
  private init(
    width: Int, height: Int, capsuleFrom start: ImagePlace, to end: ImagePlace, radius: Double
  ) {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let length = (dx * dx + dy * dy).squareRoot()
    // The rectangle between the round ends.
    let (nx, ny) = length > 0 ? (-dy / length * radius, dx / length * radius) : (0, 0)
    let corners = [
      ImagePlace(x: start.x + nx, y: start.y + ny), ImagePlace(x: end.x + nx, y: end.y + ny),
      ImagePlace(x: end.x - nx, y: end.y - ny), ImagePlace(x: start.x - nx, y: start.y - ny),
    ]
    let columns = Self.centres(
      from: min(start.x, end.x) - radius, to: max(start.x, end.x) + radius, limit: width)
    let pieces = columns.compactMap { column -> (x: Int, rows: Range<Int>)? in
      let x = Double(column) + 0.5
      var (top, bottom) = (Double.infinity, -Double.infinity)
      for centre in [start, end] {
        let square = radius * radius - (x - centre.x) * (x - centre.x)
        guard square >= 0 else { continue }
        top = min(top, centre.y - square.squareRoot())
        bottom = max(bottom, centre.y + square.squareRoot())
      }
      for (one, two) in zip(corners, corners.dropFirst() + corners.prefix(1)) {
        guard min(one.x, two.x) <= x, x <= max(one.x, two.x), one.x != two.x else { continue }
        let y = one.y + (x - one.x) / (two.x - one.x) * (two.y - one.y)
        top = min(top, y)
        bottom = max(bottom, y)
      }
      guard top <= bottom else { return nil }
      let rows = Self.centres(from: top, to: bottom, limit: height)
      return rows.isEmpty ? nil : (column, rows)
    }
    self.init(width: width, height: height, pieces: pieces)
  }

  /// Makes the mask of a polygon by the even-odd rule; its last point is joined with its first.
  public init(width: Int, height: Int, polygon points: [ImagePlace]) {
    self.init(width: width, height: height, rings: [points])
  }

  /// Makes the mask of the places that an odd number of closed lines go around; the last point of each is joined with
  /// its first.
  public init(width: Int, height: Int, rings: [[ImagePlace]]) {
    // Where the lines cross the middle of each column, from `starts[column]` on.
    var starts = [Int](repeating: 0, count: width + 1)
    func visitCrossings(_ visit: (_ column: Int, _ y: Double) -> Void) {
      for points in rings {
        for (one, two) in zip(points, points.dropFirst() + points.prefix(1)) where one.x != two.x {
          let (left, right) = one.x < two.x ? (one, two) : (two, one)
          // A middle on the left end is crossed, one on the right end is not.
          let columns =
            Self.firstCentre(from: left.x, limit: width)..<Self.firstCentre(from: right.x, limit: width)
          for column in columns {
            let x = Double(column) + 0.5
            visit(column, one.y + (x - one.x) / (two.x - one.x) * (two.y - one.y))
          }
        }
      }
    }
    visitCrossings { column, _ in starts[column + 1] += 1 }
    for column in 0..<width { starts[column + 1] += starts[column] }
    var crossings = [Double](repeating: 0, count: starts[width])
    var ends = starts
    visitCrossings { column, y in
      crossings[ends[column]] = y
      ends[column] += 1
    }
    let pieces = (0..<width).lazy.flatMap { column -> [(x: Int, rows: Range<Int>)] in
      let sorted = crossings[starts[column]..<starts[column + 1]].sorted()
      return stride(from: 0, to: sorted.count - 1, by: 2).compactMap { index in
        // A centre on the upper crossing is inside, one on the lower is not, so that neighbours share no pixel.
        let top = Self.firstCentre(from: sorted[index], limit: height)
        let bottom = Self.firstCentre(from: sorted[index + 1], limit: height)
        return top < bottom ? (column, top..<bottom) : nil
      }
    }
    self.init(width: width, height: height, pieces: pieces)
  }

  /// Makes the mask of a rectangle between two opposite corners.
  public init(width: Int, height: Int, rectangleFrom one: ImagePlace, to two: ImagePlace) {
    let columns = Self.centres(from: min(one.x, two.x), to: max(one.x, two.x), limit: width)
    let rows = Self.centres(from: min(one.y, two.y), to: max(one.y, two.y), limit: height)
    self.init(
      width: width, height: height, pieces: rows.isEmpty ? [] : columns.map { (x: $0, rows: rows) })
  }

  /// The pixels of a row or a column whose centres lie in a closed range.
  private static func centres(from low: Double, to high: Double, limit: Int) -> Range<Int> {
    let first = firstCentre(from: low, limit: limit)
    let end = Int(min(max((high - 0.5).rounded(.down) + 1, 0), Double(limit)))
    return first..<max(first, end)
  }

  /// The first pixel whose centre is not before a place.
  private static func firstCentre(from place: Double, limit: Int) -> Int {
    Int(min(max((place - 0.5).rounded(.up), 0), Double(limit)))
  }
}
