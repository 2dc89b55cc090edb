import Annotations

/// The outlines of a mask as polygons of fewer corners, and what that costs.
package struct SimplifiedOutlines {
  /// A polygon for each part of the mask whose pixels share edges, with its holes.
  package var outlines: [MaskOutline]
  /// The greatest distance of a corner that was left out from the polygon, in pixels; at most the tolerance.
  package var greatestDistance = 0.0
  /// Pixels that the polygons add to the mask or take from it.
  package var changedPixels = 0
  /// The mask that a reader makes of the polygons.
  package var mask: RunLengths

  /// Simplifies the outlines of a mask.
  ///
  /// - Parameters:
  ///   - tolerance: The greatest distance allowed, in pixels; 0 keeps every corner.
  ///   - inset: As in `RunLengths.outlines`.
  ///   - rasterized: The mask that a reader makes of the outlines.
  package init(
    _ mask: RunLengths, tolerance: Double, inset: Double = 0, rasterized: ([MaskOutline]) -> RunLengths
  ) {
    self.mask = mask
    outlines = mask.outlines(inset: inset)
    guard tolerance > 0 else { return }
    var greatest = 0.0
    func simplified(_ ring: [ImagePlace]) -> [ImagePlace] {
      let (kept, distance) = PolygonSimplification.simplify(ring, tolerance: tolerance)
      greatest = max(greatest, distance)
      return kept
    }
    outlines = outlines.map { MaskOutline(outer: simplified($0.outer), holes: $0.holes.map(simplified)) }
    greatestDistance = greatest
    self.mask = rasterized(outlines)
    changedPixels = self.mask.symmetricDifference(mask).area
  }
}

/// Closed lines with fewer corners, by the algorithm of Douglas and Peucker (1973).
package enum PolygonSimplification {
  /// Returns the corners of a closed line that are needed for no other to be further than `tolerance` from it, and the
  /// greatest distance of one left out. A line that would be left with fewer than three corners stays as it is.
  package static func simplify(_ ring: [ImagePlace], tolerance: Double) -> (
    ring: [ImagePlace], distance: Double
  ) {
    guard ring.count > 3 else { return (ring, 0) }
    func square(_ index: Int) -> Double {
      let (dx, dy) = (ring[index].x - ring[0].x, ring[index].y - ring[0].y)
      return dx * dx + dy * dy
    }
    guard let opposite = ring.indices.max(by: { square($0) < square($1) }), opposite > 0 else {
      return (ring, 0)
    }
    var isKept = [Bool](repeating: false, count: ring.count)
    isKept[0] = true
    isKept[opposite] = true
    var greatest = 0.0
    var spans = [(0, opposite), (opposite, ring.count)]
    while let (start, end) = spans.popLast() {
      guard end - start > 1 else { continue }
      var (farthest, distance) = (start, -1.0)
      for index in start + 1..<end {
        let other = Self.distance(of: ring[index], from: ring[start], to: ring[end % ring.count])
        if other > distance { (farthest, distance) = (index, other) }
      }
      guard distance > tolerance else {
        greatest = max(greatest, distance)
        continue
      }
      isKept[farthest] = true
      spans += [(start, farthest), (farthest, end)]
    }
    let kept = ring.indices.filter { isKept[$0] }.map { ring[$0] }
    return kept.count < 3 ? (ring, 0) : (kept, greatest)
  }

  /// The distance of a place from the line between two others.
  package static func distance(of place: ImagePlace, from start: ImagePlace, to end: ImagePlace) -> Double {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let square = dx * dx + dy * dy
    let along = square > 0 ? ((place.x - start.x) * dx + (place.y - start.y) * dy) / square : 0
    let nearest = min(max(along, 0), 1)
    let (ex, ey) = (place.x - start.x - nearest * dx, place.y - start.y - nearest * dy)
    return (ex * ex + ey * ey).squareRoot()
  }
}
