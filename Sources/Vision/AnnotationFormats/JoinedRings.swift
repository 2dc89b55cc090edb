import Annotations

// Polygons of one line each, for formats that have nothing else: a hole or another part hangs on a line that is gone
// along to it and back, and so encloses nothing.
extension MaskOutline {
  /// The outer line with the holes joined to it, each straight to the left of its leftmost corner.
  var joined: [ImagePlace] {
    var ring = outer
    for hole in holes.map(Self.startingLeftmost).sorted(by: { $0[0].x < $1[0].x }) {
      let corner = hole[0]
      var (edge, nearest) = (-1, -Double.infinity)
      for index in ring.indices {
        let (one, two) = (ring[index], ring[(index + 1) % ring.count])
        guard min(one.y, two.y) <= corner.y, corner.y <= max(one.y, two.y) else { continue }
        let x =
          one.y == two.y ? max(one.x, two.x) : one.x + (corner.y - one.y) / (two.y - one.y) * (two.x - one.x)
        if x <= corner.x, x > nearest { (edge, nearest) = (index, x) }
      }
      // Lines that were simplified may have left nothing to the left; any corner will do.
      let place = edge < 0 ? ring[0] : ImagePlace(x: nearest, y: corner.y)
      ring.insert(contentsOf: [place] + hole + [corner, place], at: max(edge, 0) + 1)
    }
    return ring
  }

  private static func startingLeftmost(_ ring: [ImagePlace]) -> [ImagePlace] {
    let start = ring.indices.min { (ring[$0].x, ring[$0].y) < (ring[$1].x, ring[$1].y) } ?? 0
    return Array(ring[start...] + ring[..<start])
  }

  /// One line for all parts: each hangs on the corner of the ones before that is nearest to it.
  static func joined(_ parts: [MaskOutline]) -> [ImagePlace] {
    var rings = parts.map(\.joined)
    guard var ring = rings.first else { return [] }
    rings.removeFirst()
    for part in rings {
      // The nearest pair of all corners would take too long for large parts; the nearest to one corner is as right.
      let anchor = part[0]
      func square(_ place: ImagePlace) -> Double {
        let (dx, dy) = (place.x - anchor.x, place.y - anchor.y)
        return dx * dx + dy * dy
      }
      let nearest = ring.indices.min { square(ring[$0]) < square(ring[$1]) } ?? 0
      ring.insert(contentsOf: part + [anchor, ring[nearest]], at: nearest + 1)
    }
    return ring
  }
}
