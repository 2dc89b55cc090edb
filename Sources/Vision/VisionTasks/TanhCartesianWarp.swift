import Foundation

/// The RoI tanh transform of Lin et al., "Face Parsing with RoI Tanh-Warping" (2019), along one axis: the box keeps
/// the middle of the map, everything beyond it, out to infinity, is squeezed into the margins.
public struct TanhCartesianWarp: Sendable, Equatable {
  /// The middle of the box and half its length, in pixels.
  public let center, halfLength: Double

  /// Makes the warp around the box from `start` to `end`, which lies beyond `start`.
  public init(from start: Double, to end: Double) {
    precondition(end > start, "The box of a face has a length")
    center = (start + end) / 2
    halfLength = (end - start) / 2
  }

  /// Returns the place in the picture of place `position` among `count` samples of the map.
  ///
  /// - Parameter position: More than -0.5, less than `count` - 0.5.
  public func picturePosition(ofMap position: Double, count: Int) -> Double {
    center + halfLength * atanh(-1 + (2 * position + 1) / Double(count))
  }

  /// Returns the place among `count` samples of the map of a place in the picture: the inverse of `picturePosition`.
  public func mapPosition(ofPicture position: Double, count: Int) -> Double {
    (tanh((position - center) / halfLength) + 1) / 2 * Double(count) - 0.5
  }
}
