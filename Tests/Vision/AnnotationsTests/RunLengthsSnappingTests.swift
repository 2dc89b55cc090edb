import Annotations
import Images
import Testing

@Suite struct RunLengthsSnappingTests {
  /// A bright rectangle on a dark ground, and a mask that is a few pixels off on every side.
  @Test(arguments: [-3, -2, 0, 2, 3])
  func theOutlineMovesToTheEdge(offset: Int) {
    let (width, height) = (60, 50)
    func isBright(_ x: Int, _ y: Int) -> Bool { (15..<45).contains(x) && (12..<38).contains(y) }
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        let value: UInt8 = isBright(x, y) ? 200 : 40
        pixels += [value, value, value &+ UInt8((x * 7 + y * 3) % 5)]
      }
    }
    let image = Image(width: width, height: height, pixels: pixels)
    let drawn = NaiveMask(width: width, height: height) { x, y in
      (15 + offset..<45 - offset).contains(x) && (12 + offset..<38 - offset).contains(y)
    }
    let snapped = NaiveMask(drawn.runs.snapped(to: image))
    let wrong = snapped.pixels.indices.filter { snapped.pixels[$0] != isBright($0 % width, $0 / width) }
    // The gradient of an edge between two pixels is as steep on both; the outline may lie on either.
    #expect(
      wrong.allSatisfy { place in
        let (x, y) = (place % width, place / width)
        return !isBright(x, y)
          || [(-1, 0), (1, 0), (0, -1), (0, 1)].contains { !isBright(x + $0.0, y + $0.1) }
      }, "\(wrong.count)")
    #expect(
      NaiveMask(RunLengths(width: width, height: height).snapped(to: image)).pixels.contains(true) == false)
  }

  @Test func thinPartsStay() {
    let image = Image(width: 20, height: 20, pixels: [UInt8](repeating: 9, count: 1200))
    let mask = NaiveMask(width: 20, height: 20) { x, y in
      x == 2 || (8..<19).contains(x) && (4..<16).contains(y)
    }
    let snapped = NaiveMask(mask.runs.snapped(to: image))
    #expect((0..<20).allSatisfy { snapped[2, $0] == true })
  }
}
