import Images
import TestSupport
import Testing
import VisionTasks

@Suite struct ProbabilityMapTests {
  /// A map that rises evenly from left to right and from top to bottom, over part of an image.
  static let slope: ProbabilityMap = {
    let values = (0..<10 * 8).map { (index: Int) -> Float in
      let (column, row) = (Float(index % 10), Float(index / 10))
      return column * 0.08 + row * 0.02
    }
    return ProbabilityMap(
      width: 10, height: 8, values: values, crop: PixelRect(x: 20, y: 10, width: 40, height: 16))
  }()

  @Test func sameCropAndSizeIsTheSame() {
    let map = Self.slope
    let again = map.resampled(over: map.crop, width: map.width, height: map.height)
    #expect(zip(again, map.values).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func placesKeepTheirProbability() {
    // Away from the crop's edges, interpolation follows the slope exactly.
    let other = PixelRect(x: 30, y: 12, width: 20, height: 10)
    let values = Self.slope.resampled(over: other, width: 40, height: 5)
    for y in 0..<5 {
      for x in 0..<40 {
        let column: Float = (30 + (Float(x) + 0.5) * 0.5 - 20) / 4 - 0.5
        let row: Float = (12 + (Float(y) + 0.5) * 2 - 10) / 2 - 0.5
        let expected: Float = column * 0.08 + row * 0.02
        #expect(abs(values[y * 40 + x] - expected) < 1e-5, "(\(x), \(y))")
      }
    }
  }

  /// Larger and smaller than the crop, and inside up to its edges.
  @Test(arguments: 0..<60) func boundingBoxIsTheMasks(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let width = Int.random(in: 1...20, using: &generator)
    let height = Int.random(in: 1...20, using: &generator)
    var values = [Float](repeating: 0.1, count: width * height)
    for _ in 0..<Int.random(in: 0...3, using: &generator) {
      values[Int.random(in: values.indices, using: &generator)] = Float.random(in: 0.3...1, using: &generator)
    }
    let crop = PixelRect(
      x: 3, y: 5, width: Int.random(in: 1...90, using: &generator),
      height: Int.random(in: 1...90, using: &generator))
    let map = ProbabilityMap(width: width, height: height, values: values, crop: crop)
    #expect(map.boundingBox == map.mask(width: 100, height: 100).boundingBox)
  }

  @Test func nothingIsKnownBeyondTheCrop() {
    let map = ProbabilityMap(
      width: 1, height: 1, values: [1], crop: PixelRect(x: 4, y: 2, width: 4, height: 2))
    let values = map.resampled(over: PixelRect(x: 0, y: 0, width: 12, height: 6), width: 12, height: 6)
    let mask = map.mask(width: 12, height: 6)
    for y in 0..<6 {
      for x in 0..<12 {
        let isInside = (4..<8).contains(x) && (2..<4).contains(y)
        #expect(values[y * 12 + x] == (isInside ? 1 : 0))
        #expect(mask[x, y] == isInside)
      }
    }
  }

  @Test func maskTurnsAtTheThreshold() {
    let map = ProbabilityMap(
      width: 2, height: 1, values: [0.49, 0.491], crop: PixelRect(x: 0, y: 0, width: 2, height: 1))
    #expect(map.mask(width: 2, height: 1).values == [0, 255])
  }
}
