import Annotations
import TestSupport
import Testing

@Suite struct RunLengthsShapesTests {
  private static func points(_ count: Int, seed: Int) -> [ImagePlace] {
    var generator = SeededGenerator(seed: UInt64(seed) &* 31 &+ 7)
    return (0..<count).map { _ in
      ImagePlace(
        x: Double.random(in: -5..<35, using: &generator), y: Double.random(in: -5..<30, using: &generator))
    }
  }

  @Test(arguments: 0..<40, [0.5, 1, 2, 7.5])
  func strokesHoldWhatIsNear(seed: Int, thickness: Double) {
    let points = Self.points(1 + seed % 4, seed: seed)
    let mask = NaiveMask(RunLengths(width: 30, height: 25, strokeThrough: points, thickness: thickness))
    for y in 0..<25 {
      for x in 0..<30 {
        let distance =
          zip(points, points.count > 1 ? Array(points.dropFirst()) : points)
          .map { Self.distance(x: Double(x) + 0.5, y: Double(y) + 0.5, $0, $1) }.min() ?? .infinity
        // Rounding decides on the border itself.
        guard abs(distance - thickness / 2) > 1e-9 else { continue }
        #expect(mask[x, y] == (distance < thickness / 2), "(\(x), \(y)): \(distance)")
      }
    }
  }

  private static func distance(x: Double, y: Double, _ one: ImagePlace, _ two: ImagePlace) -> Double {
    let (dx, dy) = (two.x - one.x, two.y - one.y)
    let square = dx * dx + dy * dy
    let part = square > 0 ? min(max(((x - one.x) * dx + (y - one.y) * dy) / square, 0), 1) : 0
    let (ex, ey) = (x - one.x - part * dx, y - one.y - part * dy)
    return (ex * ex + ey * ey).squareRoot()
  }

  @Test(arguments: 0..<60)
  func polygonsAreEvenOdd(seed: Int) {
    let points = Self.points(3 + seed % 6, seed: seed)
    let mask = NaiveMask(RunLengths(width: 30, height: 25, polygon: points))
    for y in 0..<25 {
      for x in 0..<30 {
        // A ray upward crosses the outline an odd number of times.
        let (px, py) = (Double(x) + 0.5, Double(y) + 0.5)
        var isInside = false
        for (one, two) in zip(points, points.dropFirst() + points.prefix(1))
        where (one.x <= px) != (two.x <= px) {
          if one.y + (px - one.x) / (two.x - one.x) * (two.y - one.y) <= py { isInside.toggle() }
        }
        #expect(mask[x, y] == isInside, "(\(x), \(y))")
      }
    }
  }

  @Test func rectanglesHoldTheCentresBetweenTheirCorners() {
    let mask = NaiveMask(
      RunLengths(
        width: 8, height: 6, rectangleFrom: ImagePlace(x: 6.4, y: 9), to: ImagePlace(x: 1.5, y: 2.6)))
    let expected = NaiveMask(width: 8, height: 6) { x, y in (1...5).contains(x) && y >= 3 }
    #expect(mask == expected)
    let outside = RunLengths(
      width: 8, height: 6, rectangleFrom: ImagePlace(x: -9, y: -9), to: ImagePlace(x: -2, y: 1e12))
    #expect(outside.isEmpty)
  }
}
