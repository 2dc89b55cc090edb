import Foundation
import Images
import VisionTasks

/// How well the edge of a mask follows the true one: the F-measure of Perazzi et al. ("A Benchmark Dataset and Evaluation
/// Methodology for Video Object Segmentation", 2016).
///
/// An edge is made of the pixels inside a mask with a pixel outside above, below, left or right. One of them is right when
/// the other mask has one within 0.008 of the picture's diagonal.
public enum BoundaryScore {
  /// How far apart edges may be, as a share of the picture's diagonal.
  static let tolerance = 0.008

  /// Returns the harmonic mean of precision and recall, 0...1; 1 when neither mask has an edge, 0 when only one has.
  public static func between(_ mask: Mask, and truth: Mask) -> Double {
    precondition(mask.width == truth.width && mask.height == truth.height, "The masks differ in size")
    let (ours, theirs) = (edge(of: mask), edge(of: truth))
    guard ours.contains(true), theirs.contains(true) else {
      return ours.contains(true) == theirs.contains(true) ? 1 : 0
    }
    let (width, height) = (Double(mask.width), Double(mask.height))
    let reach = tolerance * (width * width + height * height).squareRoot()
    let precision = share(of: ours, near: theirs, reach, width: mask.width, height: mask.height)
    let recall = share(of: theirs, near: ours, reach, width: mask.width, height: mask.height)
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall)
  }

  private static func edge(of mask: Mask) -> [Bool] {
    let (width, height) = (mask.width, mask.height)
    return (0..<width * height).map { index in
      let (x, y) = (index % width, index / width)
      guard mask[x, y] else { return false }
      return x > 0 && !mask[x - 1, y] || x + 1 < width && !mask[x + 1, y] || y > 0 && !mask[x, y - 1]
        || y + 1 < height && !mask[x, y + 1]
    }
  }

  /// Returns how many pixels of an edge have one of the other edge near, as a share.
  private static func share(
    of edge: [Bool], near other: [Bool], _ reach: Double, width: Int, height: Int
  ) -> Double {
    // The picture gets a margin, beyond whose border the transform counts pixels as outside.
    let margin = Int(reach) + 2
    let across = width + 2 * margin
    var region = [Bool](repeating: true, count: across * (height + 2 * margin))
    for index in other.indices where other[index] {
      region[(index / width + margin) * across + index % width + margin] = false
    }
    let distances = DistanceTransform.squaredDistances(region, width: across, height: height + 2 * margin)
    var (near, all) = (0, 0)
    for index in edge.indices where edge[index] {
      all += 1
      let distance = distances[(index / width + margin) * across + index % width + margin]
      near += Double(distance) <= reach * reach ? 1 : 0
    }
    return Double(near) / Double(all)
  }
}
