import AnnotationFormats
import Annotations
import TestSupport
import Testing

@Suite struct PolygonSimplificationTests {
  /// No corner that was left out is further away than is said, and that is not further than allowed.
  @Test(arguments: [0.5, 1, 2, 5.0])
  func theDistanceIsMeasured(tolerance: Double) throws {
    var generator = SeededGenerator(seed: 5)
    var corners = (before: 0, after: 0)
    for _ in 0..<40 {
      for outline in RunLengths.random(&generator, width: 40, height: 30).outlines() {
        for ring in outline.rings {
          let (simple, distance) = PolygonSimplification.simplify(ring, tolerance: tolerance)
          let edges = zip(simple, simple.dropFirst() + simple.prefix(1))
          let measured =
            ring.map { place in
              edges.map { PolygonSimplification.distance(of: place, from: $0, to: $1) }.min() ?? .infinity
            }.max() ?? 0
          #expect(measured <= distance + 1e-9 && distance <= tolerance)
          #expect(simple.allSatisfy(ring.contains) && simple.count >= min(ring.count, 3))
          corners = (corners.before + ring.count, corners.after + simple.count)
        }
      }
    }
    #expect(corners.after < corners.before)
  }

  @Test func whatItCostsIsCounted() throws {
    var mask = RunLengths(width: 100, height: 100, strokeThrough: [ImagePlace(x: 50, y: 50)], thickness: 60)
    mask = mask.subtracting(
      RunLengths(width: 100, height: 100, strokeThrough: [ImagePlace(x: 45, y: 50)], thickness: 20))
    func polygons(_ tolerance: Double) -> SimplifiedOutlines {
      SimplifiedOutlines(mask, tolerance: tolerance) { outlines in
        RunLengths(width: 100, height: 100, rings: outlines.flatMap(\.rings))
      }
    }
    let (exact, fine, coarse) = (polygons(0), polygons(1), polygons(4))
    #expect(exact.changedPixels == 0 && exact.greatestDistance == 0)
    #expect(fine.greatestDistance > 0 && fine.greatestDistance <= 1 && coarse.greatestDistance <= 4)
    #expect(fine.changedPixels > 0 && fine.changedPixels < coarse.changedPixels)
    #expect(coarse.outlines[0].outer.count < fine.outlines[0].outer.count)
    #expect(coarse.outlines[0].holes.count == 1)
  }
}
