import Images
import Testing
import VisionTasks

@Suite struct ReadingsTests {
  static let bounds = PixelRect(x: 0, y: 0, width: 100, height: 100)

  /// Four by four values over a crop; the upper two rows are inside.
  static func upperHalf(of crop: PixelRect) -> ProbabilityMap {
    let values: [Float] = (0..<16).map { $0 < 8 ? 1 : 0 }
    return ProbabilityMap(width: 4, height: 4, values: values, crop: crop)
  }

  @Test func theImagesOwnEdgesCutNothing() {
    #expect(Self.upperHalf(of: Self.bounds).borderShare(in: Self.bounds) == 0)
    let top = PixelRect(x: 0, y: 0, width: 100, height: 50)
    #expect(Self.upperHalf(of: top).borderShare(in: Self.bounds) == 0, "the lower edge is outside")
  }

  @Test func agreementIsIntersectionOverUnion() {
    let whole = Self.upperHalf(of: Self.bounds)
    #expect(whole.agreement(with: whole) == 1)
    // The upper half of the upper half of the image is half of the wider mask.
    let top = Self.upperHalf(of: PixelRect(x: 0, y: 0, width: 100, height: 50))
    #expect(whole.agreement(with: top) == 0.5 && top.agreement(with: whole) == 0.5)
    let nothing = ProbabilityMap(
      width: 4, height: 4, values: [Float](repeating: 0, count: 16), crop: Self.bounds)
    #expect(whole.agreement(with: nothing) == 0 && nothing.agreement(with: nothing) == 1)
  }

  @Test func cutEdgesCount() {
    // Upper edge 4 of 4, sides 2 of 4 each, lower edge 0 of 4.
    let middle = PixelRect(x: 20, y: 20, width: 40, height: 40)
    #expect(Self.upperHalf(of: middle).borderShare(in: Self.bounds) == 0.5)
    let left = PixelRect(x: 0, y: 0, width: 40, height: 100)
    #expect(Self.upperHalf(of: left).borderShare(in: Self.bounds) == 0.5, "only the right edge is cut")
  }
}
