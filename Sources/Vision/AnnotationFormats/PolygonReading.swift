import Annotations

/// Polygons that files hold, checked before they are drawn.
enum PolygonReading {
  /// How far beyond the photo a corner may be: programs that round or put pixels' centres elsewhere go so far.
  static let margin = 1.0
  /// The most columns that the lines of a polygon may cross in all, for what no outline of a photo needs.
  private static let crossingLimit = 50_000_000.0

  /// Checks a polygon's corners.
  ///
  /// - Parameters:
  ///   - path, field: Where the polygon stands, for errors.
  ///   - width, height: The photo's size.
  /// - Throws: `FormatError.damaged`.
  static func check(
    _ points: [ImagePlace], width: Int, height: Int, path: String, field: String
  ) throws(FormatError) {
    guard points.count >= 3 else {
      throw .damaged(
        path: path, field: field, reason: "has \(points.count) corners, a polygon has three or more")
    }
    let (columns, rows) = (-margin...Double(width) + margin, -margin...Double(height) + margin)
    for (index, point) in points.enumerated() where !columns.contains(point.x) || !rows.contains(point.y) {
      throw .damaged(
        path: path, field: field,
        reason: "corner \(index + 1) at \(point.x),\(point.y) is outside of the photo of \(width)x\(height)")
    }
    let length = zip(points, points.dropFirst() + points.prefix(1)).reduce(0.0) {
      $0 + abs($1.0.x - $1.1.x) + abs($1.0.y - $1.1.y)
    }
    guard length <= crossingLimit else {
      throw .damaged(
        path: path, field: field, reason: "has too many corners for a photo of \(width)x\(height)")
    }
  }
}
