import Images
import Testing
import VisionTasks

@Suite struct SalientObjectTests {
  static func object(_ rows: String...) -> SalientObject {
    SalientObject(
      rows.joined().map { $0 == "#" ? 0.9 : 0.1 }, width: rows[0].count, height: rows.count)
  }

  @Test func theDeepestPlaceIsClickedFirst() {
    let object = Self.object(
      "........",
      ".###....",
      ".###....",
      ".###..##",
      "........")
    // Each value covers 10 by 20 pixels.
    #expect(object.clicks(imageWidth: 80, imageHeight: 100) == [Click(x: 25, y: 50)])
  }

  @Test func aLongObjectIsClickedSeveralTimes() {
    let object = Self.object(
      "............",
      ".##########.",
      ".##########.",
      ".##########.",
      "............")
    let clicks = object.clicks(imageWidth: 12, imageHeight: 5)
    #expect(clicks.count == 3 && clicks.allSatisfy { $0.isPositive && (1...11).contains($0.x) })
    #expect(Set(clicks.map(\.x)).count == 3)
  }

  @Test func anotherPartIsNotClicked() {
    let object = Self.object(
      ".........",
      ".###.###.",
      ".###.###.",
      ".###.###.",
      ".........")
    #expect(object.clicks(imageWidth: 9, imageHeight: 5).count == 1)
  }

  @Test func whereNothingStandsOutNothingIsClicked() {
    #expect(Self.object("....", "....").clicks(imageWidth: 40, imageHeight: 20).isEmpty)
    #expect(Self.object("#...", "....").clicks(imageWidth: 40, imageHeight: 20).isEmpty, "a speck")
  }
}
