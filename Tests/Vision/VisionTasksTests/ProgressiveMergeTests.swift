import Images
import Testing
import VisionTasks

@Suite struct ProgressiveMergeTests {
  static let crop = PixelRect(x: 10, y: 10, width: 60, height: 30)

  /// A map from a picture of `#` and `.`.
  static func map(_ rows: String...) -> ProbabilityMap {
    ProbabilityMap(
      width: rows[0].count, height: rows.count, values: rows.joined().map { $0 == "#" ? 0.9 : 0.1 },
      crop: crop)
  }

  static func picture(_ map: ProbabilityMap) -> [String] {
    (0..<map.height).map { row in
      String((0..<map.width).map { map.values[row * map.width + $0] > ProbabilityMap.threshold ? "#" : "." })
    }
  }

  static let before = map(
    "##....",
    "##....",
    "......")
  static let after = map(
    ".....#",
    "##..##",
    "#.....")

  @Test func onlyTheClickedChangeIsKept() {
    // Each value covers 10 by 10 pixels: the click is on the fifth of the second row.
    let added = Self.after.merged(into: Self.before, at: Click(x: 55, y: 25))
    #expect(Self.picture(added) == ["##...#", "##..##", "......"])
    let removed = Self.after.merged(into: Self.before, at: Click(x: 15, y: 15, isPositive: false))
    #expect(Self.picture(removed) == ["......", "##....", "......"])
  }

  @Test func aChangeBesideTheClickIsKept() {
    let beside = Self.after.merged(into: Self.before, at: Click(x: 45, y: 25))
    #expect(Self.picture(beside) == ["##...#", "##..##", "......"])
  }

  @Test func clicksBeyondTheCropKeepTheMask() {
    let beyond = Self.after.merged(into: Self.before, at: Click(x: 5, y: 25))
    #expect(Self.picture(beyond) == Self.picture(Self.before))
  }

  @Test func sureValuesAreTakenWhereNothingChanges() {
    var surer = Self.before.values
    surer[0] = 0.99
    let map = ProbabilityMap(width: 6, height: 3, values: surer, crop: Self.crop)
    #expect(map.merged(into: Self.before, at: Click(x: 65, y: 35)).values[0] == 0.99)
  }
}
