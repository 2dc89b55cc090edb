import Images
import Testing
import VisionTasks

@Suite struct PromptMapsTests {
  static let crop = PixelRect(x: 100, y: 50, width: 80, height: 40)

  static func maps(_ prompts: ClickPrompts, previous: ProbabilityMap? = nil) -> PromptMaps {
    PromptMaps(prompts, previous: previous, crop: crop, width: 64, height: 64)
  }

  /// The pixels of one map that are not 0.
  static func pixels(_ maps: PromptMaps, map: Int) -> Set<SIMD2<Int>> {
    Set(
      (0..<maps.width * maps.height).filter { maps.values[PromptMaps.count * $0 + map] != 0 }
        .map { SIMD2($0 % maps.width, $0 / maps.width) })
  }

  @Test(arguments: [(120.5, 60.5), (100, 50), (180, 90), (98, 70), (139.9, 49), (-4000, 1e30)])
  func clicksAreDisksWithATail(x: Double, y: Double) {
    for isPositive in [true, false] {
      let maps = Self.maps(ClickPrompts(clicks: [Click(x: x, y: y, isPositive: isPositive)]))
      let centre = SIMD2(((x - 100) * 0.8).rounded(.down), ((y - 50) * 1.6).rounded(.down))
      for index in 0..<64 * 64 {
        let offset = SIMD2(Double(index % 64), Double(index / 64)) - centre
        let distance = (offset * offset).sum().squareRoot()
        let expected = distance <= 5 ? 1 : 1 / (1 + (distance - 5) / 20)
        let value = maps.values[PromptMaps.count * index + (isPositive ? 0 : 1)]
        #expect(abs(Double(value) - expected) < 1e-6, "pixel \(index)")
      }
      #expect(Self.pixels(maps, map: isPositive ? 1 : 0).isEmpty)
    }
  }

  @Test func theNearestClickCounts() {
    let left = Click(x: 110.5, y: 70.5, isPositive: true)
    let right = Click(x: 160.5, y: 70.5, isPositive: true)
    let both = Self.maps(ClickPrompts(clicks: [left, right])).values
    let first = Self.maps(ClickPrompts(clicks: [left])).values
    let second = Self.maps(ClickPrompts(clicks: [right])).values
    #expect(both == zip(first, second).map { max($0, $1) })
  }

  @Test func boxIsFilledAndItsAbsenceIsOnes() {
    let box = Box(x0: 110, y0: 40, x1: 120.6, y1: 60.2)
    let filled = Self.pixels(Self.maps(ClickPrompts(box: box)), map: 2)
    // Columns 8 to 16.48, rows -16 to 16.32.
    #expect(filled == Set((0..<16).flatMap { y in (8..<16).map { SIMD2($0, y) } }))
    #expect(Self.pixels(Self.maps(ClickPrompts()), map: 2).count == 64 * 64)
    let outside = Box(x0: 0, y0: 0, x1: 50, y1: 20)
    #expect(Self.pixels(Self.maps(ClickPrompts(box: outside)), map: 2).isEmpty)
  }

  @Test func previousMaskFillsTheLastMap() {
    let previous = ProbabilityMap(
      width: 1, height: 1, values: [0.25], crop: PixelRect(x: 100, y: 50, width: 40, height: 40))
    let maps = Self.maps(ClickPrompts(), previous: previous)
    for index in 0..<64 * 64 {
      #expect(maps.values[PromptMaps.count * index + 3] == (index % 64 < 32 ? 0.25 : 0))
    }
    #expect(Self.pixels(Self.maps(ClickPrompts()), map: 3).isEmpty)
  }
}
