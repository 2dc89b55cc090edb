import Foundation
import Images
import Networks

/// How a face lies by its 68 points in the order of iBUG's 300-W, which say it more exactly than the detector.
package enum LandmarkGeometry {
  /// For each of eyes, mouth and nose across and down, the width and 1: what it adds to the box's centre across and down,
  /// in units of the points' size, and to the logarithm of its side in that unit.
  private static let weights: [SIMD3<Double>] = [
    [0.461, -0.374, 0.474], [0.202, 0.515, -1.331], [-1.097, 0.253, -0.388], [-0.417, -0.314, 1.199],
    [-1.255, -0.111, -0.003], [0.216, -0.708, 0.464], [-0.065, 0.113, 0.248], [0.214, 0.073, -0.799],
  ]
  /// A box that overlaps the detector's less than this comes from points that missed the face.
  private static let leastOverlap = 0.3

  /// Returns how far the head is turned in the picture's plane, by the points of its eyes, in radians, clockwise; nil
  /// without points.
  package static func roll(of points: [DetectedFace.Point]) -> Double? {
    guard points.count == FaceLandmarks.pointCount else { return nil }
    let places = points.map { SIMD2($0.x, $0.y) }
    let line = mean(places[42..<48]) - mean(places[36..<42])
    return atan2(line.y, line.x)
  }

  /// Returns the box of the points, or the given one if they do not lie in it.
  ///
  /// The face parser knows boxes as its teacher drew them: a linear map from where eyes, mouth and nose lie among the points
  /// to such a box, fitted by `Training/faces/fit_box.py`.
  ///
  /// - Parameters:
  ///   - points: 68 points in the order of iBUG's 300-W, in the picture's pixels.
  ///   - box: The box in which they were found.
  package static func box(of points: [DetectedFace.Point], in box: Box) -> Box {
    guard let roll = roll(of: points) else { return box }
    let places = points.map { SIMD2($0.x, $0.y) }
    let middle = mean(places[...])
    // Directions along the eyes and down the face.
    let (across, down) = (SIMD2(cos(roll), sin(roll)), SIMD2(-sin(roll), cos(roll)))
    let level = places.map { SIMD2((($0 - middle) * across).sum(), (($0 - middle) * down).sum()) }
    let (width, height) = (extent(level.map(\.x)), extent(level.map(\.y)))
    let size = (width * height).squareRoot()
    guard size > 0 else { return box }
    let (eyes, mouth, nose) = (mean(level[36..<48]) / size, mean(level[48...]) / size, level[30] / size)
    let row = [eyes.x, eyes.y, mouth.x, mouth.y, nose.x, nose.y, width / size, 1]
    let sums = zip(row, weights).reduce(SIMD3<Double>.zero) { $0 + $1.0 * $1.1 }
    let center = middle + (across * sums.x + down * sums.y) * size
    let half = exp(sums.z) * size / 2
    let found = Box(x0: center.x - half, y0: center.y - half, x1: center.x + half, y1: center.y + half)
    return found.intersectionOverUnion(with: box) >= leastOverlap ? found : box
  }

  private static func mean(_ places: ArraySlice<SIMD2<Double>>) -> SIMD2<Double> {
    places.reduce(.zero, +) / Double(places.count)
  }

  private static func extent(_ values: [Double]) -> Double { (values.max() ?? 0) - (values.min() ?? 0) }
}
