import Images
import Testing

@Suite struct ImagePyramidTests {
  private static func image(width: Int, height: Int) -> Image {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width { pixels += [UInt8(x % 251), UInt8(y % 241), UInt8((x + y) % 7 * 30)] }
    }
    return Image(width: width, height: height, pixels: pixels)
  }

  @Test(arguments: [(1025, 700), (512, 300), (1, 2000), (257, 257)])
  func levelsAreMeansOfFourPixels(width: Int, height: Int) {
    let pyramid = ImagePyramid(Self.image(width: width, height: height))
    for (large, small) in zip(pyramid.levels, pyramid.levels.dropFirst()) {
      #expect(small.width == (large.width + 1) / 2 && small.height == (large.height + 1) / 2)
      for (x, y) in [(0, 0), (small.width - 1, small.height - 1), (small.width / 2, small.height / 3)] {
        let columns = [2 * x, min(2 * x + 1, large.width - 1)]
        let rows = [2 * y, min(2 * y + 1, large.height - 1)]
        let sum = columns.flatMap { x in rows.map { Int(large[x, $0].red) } }.reduce(0, +)
        #expect(Int(small[x, y].red) == (sum + 2) / 4, "(\(x), \(y)) of \(small.width)x\(small.height)")
      }
    }
    let last = pyramid.levels[pyramid.levels.count - 1]
    #expect(max(last.width, last.height) <= 256)
  }

  @Test func theLevelHasAPixelForEachShown() {
    let pyramid = ImagePyramid(Self.image(width: 2100, height: 1000))
    #expect(pyramid.levels.count == 5)
    for (scale, level) in [
      (2.0, 0), (1, 0), (0.51, 0), (0.5, 1), (0.3, 1), (0.25, 2), (0.01, 4),
    ] {
      #expect(pyramid.level(forScale: scale) == level, "\(scale)")
    }
  }
}
