import Foundation

/// A place in a picture or in a map: columns to the right, rows down; whole numbers are the centres of pixels.
public struct PlanePoint: Sendable, Equatable {
  /// The column and the row.
  public var x, y: Double

  /// Makes a point.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// The RoI tanh-polar transform of a face.
///
/// Lin et al., "RoI Tanh-polar Transformer Network for Face Parsing in the Wild" (2021).
///
/// The whole picture, out to infinity, becomes a map around the box of a face: columns are the radius, squeezed by
/// tanh, and rows are the angle, clockwise from the right. The face fills the left three quarters of the map whatever
/// its size, and what surrounds it (hair, shoulders) stays in view on the right.
///
/// Angles are in radians, clockwise as the picture is seen, because its rows point down.
public struct TanhPolarWarp: Sendable, Equatable {
  /// How the radius of a map's column is measured on a box that is not square.
  public enum Aspect: Sendable, CaseIterable {
    /// Directions in the picture stay directions in the map.
    case kept
    /// The box is stretched to a square first.
    case stretched
  }

  /// The centre of the box.
  public let center: PlanePoint
  /// The half axes, in pixels, of the ellipse with the box's proportions and area.
  public let radiusX, radiusY: Double
  /// How the radius is measured.
  public let aspect: Aspect
  /// The direction in the picture of the map's first row.
  public let rotation: Double

  /// Makes the warp around the box between two corners; `right` and `bottom` lie beyond `left` and `top`.
  public init(
    left: Double, top: Double, right: Double, bottom: Double, aspect: Aspect = .kept, rotation: Double = 0
  ) {
    precondition(right > left && bottom > top, "The box of a face has an area")
    center = PlanePoint(x: (left + right) / 2, y: (top + bottom) / 2)
    radiusX = (right - left) / Double.pi.squareRoot()
    radiusY = (bottom - top) / Double.pi.squareRoot()
    self.aspect = aspect
    self.rotation = rotation
  }

  /// Returns the place in the picture of a place in a map of `width` radii and `height` angles.
  ///
  /// - Parameter point: `x` from 0 to less than `width`.
  public func picturePoint(ofMap point: PlanePoint, width: Int, height: Int) -> PlanePoint {
    let radius = atanh(point.x / Double(width))
    let angle = 2 * Double.pi * point.y / Double(height)
    let (cosine, sine) = (cos(angle), sin(angle))
    var offset: PlanePoint
    switch aspect {
    case .kept:
      let length = radius * ellipseRadius(cosine, sine)
      offset = PlanePoint(x: length * cosine, y: length * sine)
    case .stretched:
      offset = PlanePoint(x: radiusX * radius * cosine, y: radiusY * radius * sine)
    }
    offset = Self.rotated(offset, by: rotation)
    return PlanePoint(x: center.x + offset.x, y: center.y + offset.y)
  }

  /// Returns the place in a map of `width` radii and `height` angles of a place in the picture: the inverse of
  /// `picturePoint`. The centre of the box has every angle; its row is 0.
  public func mapPoint(ofPicture point: PlanePoint, width: Int, height: Int) -> PlanePoint {
    var offset = Self.rotated(PlanePoint(x: point.x - center.x, y: point.y - center.y), by: -rotation)
    let radius: Double
    switch aspect {
    case .kept:
      let length = hypot(offset.x, offset.y)
      let direction = max(length, 1e-9)
      radius = length / ellipseRadius(offset.x / direction, offset.y / direction)
    case .stretched:
      offset = PlanePoint(x: offset.x / radiusX, y: offset.y / radiusY)
      radius = hypot(offset.x, offset.y)
    }
    let turn = atan2(offset.y, offset.x) / (2 * Double.pi)
    return PlanePoint(x: tanh(radius) * Double(width), y: (turn < 0 ? turn + 1 : turn) * Double(height))
  }

  /// Returns the distance from the centre to the ellipse in a direction; 1 where there is none, at the centre itself.
  private func ellipseRadius(_ cosine: Double, _ sine: Double) -> Double {
    let norm = hypot(radiusY * cosine, radiusX * sine)
    return norm > 0 ? radiusX * radiusY / norm : 1
  }

  private static func rotated(_ offset: PlanePoint, by angle: Double) -> PlanePoint {
    let (cosine, sine) = (cos(angle), sin(angle))
    return PlanePoint(
      x: cosine * offset.x - sine * offset.y, y: sine * offset.x + cosine * offset.y)
  }
}
