import Images
import VisionTasks

/// A user who always clicks the middle of the largest mistake.
///
/// The protocol of RITM (Sofiiuk et al., "Reviving Iterative Training with Mask Guidance for Interactive
/// Segmentation", 2021): missed and wrongly taken pixels are two regions; the next click is the pixel farthest from
/// the edge of either, positive only if it lies strictly deeper in the missed one, and the first such pixel in
/// reading order. A pixel is clicked once.
public struct ClickSimulator: Sendable {
  private let object: LabelledObject
  private var clicked: [Bool]

  /// Makes a user who wants `object`.
  public init(_ object: LabelledObject) {
    self.object = object
    self.clicked = [Bool](repeating: false, count: object.labels.count)
  }

  /// Returns the next click on a mask, at the centre of a pixel; nil when nothing is left to correct.
  ///
  /// - Parameter mask: The present answer, of the object's size; nil before the first click.
  public mutating func nextClick(on mask: Mask?) -> Click? {
    let isPredicted = mask?.values.map { $0 >= Mask.threshold } ?? clicked.map { _ in false }
    let missed = deepest { object.labels[$0] == .inside && !isPredicted[$0] }
    let wronglyTaken = deepest { object.labels[$0] == .outside && isPredicted[$0] }
    let isPositive = missed.depth > wronglyTaken.depth
    let place = isPositive ? missed : wronglyTaken
    guard place.depth > 0 else { return nil }
    clicked[place.index] = true
    return Click(
      x: Double(place.index % object.width) + 0.5, y: Double(place.index / object.width) + 0.5,
      isPositive: isPositive)
  }

  /// Notes a click that was made otherwise.
  public mutating func note(_ click: Click) {
    let x = Int(click.x.rounded(.down))
    let y = Int(click.y.rounded(.down))
    guard (0..<object.width).contains(x), (0..<object.height).contains(y) else { return }
    clicked[y * object.width + x] = true
  }

  /// Returns the first pixel farthest from the edge of a region, and its squared distance; pixels clicked before
  /// do not count.
  private func deepest(in region: (Int) -> Bool) -> (index: Int, depth: Int) {
    let isInside = object.labels.indices.map(region)
    let distances = DistanceTransform.squaredDistances(isInside, width: object.width, height: object.height)
    var best = (index: 0, depth: 0)
    for (index, distance) in distances.enumerated() where distance > best.depth && !clicked[index] {
      best = (index, distance)
    }
    return best
  }
}
