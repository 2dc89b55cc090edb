import TestSupport
import Testing
import VisionTasks

@Suite struct DistanceTransformTests {
  /// The distance to every pixel outside and to the border around, the plain way.
  static func bruteForce(_ region: [Bool], width: Int, height: Int) -> [Int] {
    var outside: [(x: Int, y: Int)] = []
    for y in -1...height {
      for x in -1...width {
        let isInPicture = (0..<width).contains(x) && (0..<height).contains(y)
        if !isInPicture || !region[y * width + x] { outside.append((x, y)) }
      }
    }
    return (0..<width * height).map { index in
      outside.map {
        ($0.x - index % width) * ($0.x - index % width) + ($0.y - index / width) * ($0.y - index / width)
      }
      .min()!
    }
  }

  @Test(arguments: [(1, 1), (1, 7), (7, 1), (2, 2), (5, 3), (13, 17), (24, 9)], [0.0, 0.05, 0.3, 0.7, 1.0])
  func equalsBruteForce(size: (width: Int, height: Int), holes: Double) {
    var random = SeededGenerator(seed: UInt64(size.width * 100 + size.height))
    for _ in 0..<8 {
      let region = (0..<size.width * size.height).map { _ in Double.random(in: 0..<1, using: &random) >= holes
      }
      let found = DistanceTransform.squaredDistances(region, width: size.width, height: size.height)
      #expect(
        found == Self.bruteForce(region, width: size.width, height: size.height),
        "\(size), \(holes): \(region)")
    }
  }
}
