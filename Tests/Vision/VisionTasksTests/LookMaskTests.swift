import Images
import Testing
import VisionTasks

@Suite struct LookMaskTests {
  static let bounds = PixelRect(x: 0, y: 0, width: 160, height: 160)

  /// A bright half beside a dark one, whose edge is at a column.
  static func halves(edge: Int) -> Image {
    let pixels = (0..<160 * 160).flatMap { [UInt8](repeating: $0 % 160 < edge ? 220 : 30, count: 3) }
    return Image(width: 160, height: 160, pixels: pixels)
  }

  /// Sixteen values in a row, the left seven inside; each covers ten pixels.
  static let map = ProbabilityMap(
    width: 16, height: 16, values: (0..<256).map { $0 % 16 < 7 ? 1 : 0 }, crop: bounds)

  @Test(arguments: [66, 74]) func edgesMoveToThePictures(edge: Int) throws {
    let refined = LookMask.mask(of: Self.map, edgesOf: Self.halves(edge: edge)).whole
    let row = (0..<160).map { refined[$0, 80] }
    let end = try #require(row.firstIndex(of: false))
    #expect(abs(end - edge) <= 1)
    #expect(!row[(edge + 2)...].contains(true))
  }

  @Test func whatIsFarFromEdgesStays() {
    // The picture's own edge is far from the mask's.
    let refined = LookMask.mask(of: Self.map, edgesOf: Self.halves(edge: 120)).whole
    #expect((0..<50).allSatisfy { refined[$0, 80] } && (90..<160).allSatisfy { !refined[$0, 80] })
  }

  @Test func thresholdsAreTheMaps() {
    for (probability, area) in [(Float(0.48), 0), (0.5, 160 * 160)] {
      let even = ProbabilityMap(
        width: 16, height: 16, values: [Float](repeating: probability, count: 256), crop: Self.bounds)
      #expect(LookMask.mask(of: even, edgesOf: Self.halves(edge: 80)).area == area)
    }
  }
}
