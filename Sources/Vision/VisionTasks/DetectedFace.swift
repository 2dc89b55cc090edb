import Foundation

/// A face in a picture.
public struct DetectedFace: Sendable, Hashable, Codable {
  /// Around brows, chin and cheeks, in the picture's pixels; reaches beyond the picture where that cuts the face.
  public var box: Box
  /// The detector's confidence, in 0...1.
  public var confidence: Double
  /// Left eye, right eye, nose, left and right corner of the mouth, as the picture is seen; in the picture's pixels, the
  /// first pixel's centre at 0.5.
  public var points: [Point]

  /// A place in a picture.
  public struct Point: Sendable, Hashable, Codable {
    /// Pixels from the left and from the top.
    public var x, y: Double

    /// Makes a point.
    public init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// Makes a face.
  public init(box: Box, confidence: Double, points: [Point]) {
    self.box = box
    self.confidence = confidence
    self.points = points
  }

  /// How far the head is turned in the picture's plane: the direction from the left eye to the right one, in radians,
  /// clockwise.
  public var roll: Double { atan2(points[1].y - points[0].y, points[1].x - points[0].x) }

  /// Whether the border of a picture of the given size cuts the face.
  public func isCut(width: Int, height: Int) -> Bool {
    let slack = 0.02 * max(box.x1 - box.x0, box.y1 - box.y0)
    return box.x0 < -slack || box.y0 < -slack || box.x1 > Double(width) + slack
      || box.y1 > Double(height) + slack
  }

  /// Returns the face as it lies in a picture of another scale, moved by an offset after scaling.
  func scaled(by factor: Double, x offsetX: Double = 0, y offsetY: Double = 0) -> DetectedFace {
    DetectedFace(
      box: Box(
        x0: box.x0 * factor + offsetX, y0: box.y0 * factor + offsetY, x1: box.x1 * factor + offsetX,
        y1: box.y1 * factor + offsetY),
      confidence: confidence,
      points: points.map { Point(x: $0.x * factor + offsetX, y: $0.y * factor + offsetY) })
  }
}

extension Box {
  var area: Double { (x1 - x0) * (y1 - y0) }

  /// Returns the intersection over union with another box.
  func intersectionOverUnion(with other: Box) -> Double {
    let width = min(x1, other.x1) - max(x0, other.x0)
    let height = min(y1, other.y1) - max(y0, other.y0)
    guard width > 0, height > 0 else { return 0 }
    return width * height / (area + other.area - width * height)
  }
}
