import Images

/// What stands out in an image, as a coarse map, and the clicks that a user would begin with to get it.
///
/// SqueezeSAM (2023) proposes first clicks from a salient-object map in the same way.
package struct SalientObject {
  /// Probabilities above it are the object.
  private static let threshold: Float = 0.5
  /// Clicks at most.
  private static let limit = 3
  /// A further click is at a place at least this deep, as a part of the first one's depth.
  private static let leastDepth = 0.5
  /// How far from earlier clicks a further one is, in their depths.
  private static let spread = 2.0
  /// Values that an object has at least.
  private static let leastArea = 4

  private let width, height: Int
  private let values: [Float]

  /// Makes the object of `height` rows of `width` probabilities.
  package init(_ values: [Float], width: Int, height: Int) {
    precondition(values.count == width * height, "The probabilities fill their rows")
    self.values = values
    self.width = width
    self.height = height
  }

  /// Returns clicks on the object in an image of a given size: its deepest place first, then other deep places of the
  /// same connected part that are far from those before; none where nothing stands out.
  package func clicks(imageWidth: Int, imageHeight: Int) -> [Click] {
    let inside = values.map { $0 > Self.threshold }
    let depths = DistanceTransform.squaredDistances(inside, width: width, height: height)
      .map { Double($0).squareRoot() }
    guard let first = depths.indices.max(by: { depths[$0] < depths[$1] }), inside[first] else { return [] }
    let part = connected(inside, with: first)
    guard part.count >= Self.leastArea else { return [] }
    var chosen = [first]
    while chosen.count < Self.limit {
      let next = part.filter { place in
        depths[place] >= Self.leastDepth * depths[first]
          && chosen.allSatisfy { distance(place, $0) >= Self.spread * depths[$0] }
      }.max { (depths[$0], -$0) < (depths[$1], -$1) }
      guard let next else { break }
      chosen.append(next)
    }
    return chosen.map { place in
      Click(
        x: (Double(place % width) + 0.5) * Double(imageWidth) / Double(width),
        y: (Double(place / width) + 0.5) * Double(imageHeight) / Double(height))
    }
  }

  private func distance(_ one: Int, _ other: Int) -> Double {
    let (across, down) = (Double(one % width - other % width), Double(one / width - other / width))
    return (across * across + down * down).squareRoot()
  }

  /// The marked places that are connected with one, over edges.
  private func connected(_ isMarked: [Bool], with start: Int) -> [Int] {
    var isReached = [Bool](repeating: false, count: isMarked.count)
    isReached[start] = true
    var places = [start]
    var next = 0
    while next < places.count {
      let (row, column) = places[next].quotientAndRemainder(dividingBy: width)
      next += 1
      for (x, y) in [(column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1)] {
        guard (0..<width).contains(x), (0..<height).contains(y) else { continue }
        let place = y * width + x
        guard isMarked[place], !isReached[place] else { continue }
        isReached[place] = true
        places.append(place)
      }
    }
    return places
  }
}
