import Images
import Testing
import VisionTasks

@Suite struct ProbabilityMapPlacesTests {
  private let map = ProbabilityMap(
    width: 2, height: 2, values: [0, 1, 0.5, 0.5], crop: PixelRect(x: 10, y: 20, width: 4, height: 4))

  @Test func valuesLieBetweenTheSamples() {
    let values = map.values(columns: [10, 11, 12, 13], rows: [20])
    // Samples have their centres at 11 and 13 in x; the pixels' centres lie at 10.5 to 13.5.
    #expect(values == [0, 0.25, 0.75, 1])
  }

  @Test func nothingIsKnownBeyondTheCrop() {
    #expect(map.values(columns: [9, 14, -1], rows: [20, 21]) == [Float](repeating: 0, count: 6))
    #expect(map.values(columns: [10], rows: [19, 24]) == [0, 0])
  }

  @Test func agreesWithResamplingOverTheWholeCrop() {
    let resampled = map.resampled(over: map.crop, width: 4, height: 4)
    #expect(map.values(columns: Array(10..<14), rows: Array(20..<24)) == resampled)
  }
}
