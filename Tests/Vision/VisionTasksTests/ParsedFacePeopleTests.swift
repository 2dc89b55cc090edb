import Images
import Testing
import VisionTasks

@Suite struct ParsedFacePeopleTests {
  /// People on the left half of the picture of `FaceParsingTests`.
  static let people = ProbabilityMap(
    width: 6, height: 5, values: (0..<30).map { $0 % 6 < 3 ? 0.9 : 0.1 },
    crop: PixelRect(x: 0, y: 0, width: 60, height: 50))

  static let means: [(Box, Double)] = [
    (Box(x0: 0, y0: 0, x1: 60, y1: 50), 0.5), (Box(x0: 2, y0: 3, x1: 28, y1: 90), 0.9),
    (Box(x0: 31, y0: -9, x1: 70, y1: 8), 0.1), (Box(x0: -30, y0: 0, x1: -10, y1: 20), 0),
    (Box(x0: 70, y0: 60, x1: 90, y1: 80), 0),
  ]

  @Test(arguments: means)
  func meanOfABox(box: Box, mean: Double) {
    #expect(abs(Self.people.mean(in: box) - mean) < 1e-5)
  }

  @Test func partsAreThoseOfPeople() {
    let whole = FaceParsingTests.face(left: 20, top: 15, side: 20, .skin, sure: 0.9)
    var face = whole
    face.restrict(to: Self.people)
    #expect(whole.parts.contains(FacePart.skin.rawValue))
    for index in whole.parts.indices {
      let x = face.region.x + index % face.region.width
      #expect(face.parts[index] == (x < 30 ? whole.parts[index] : 0))
      if x >= 30 && whole.parts[index] != 0 { #expect(face.confidences[index] == 229) }
    }
    // Where nobody is the parser's doubts count as little as its answers.
    func uncertainties(_ face: ParsedFace) -> [UInt8] {
      FaceParsing(width: 60, height: 50, faces: [face]).uncertainties
    }
    let (before, after) = (uncertainties(whole), uncertainties(face))
    #expect(before.indices.allSatisfy { after[$0] == ($0 % 60 < 30 ? before[$0] : 0) })
    #expect(before.indices.contains { $0 % 60 >= 30 && before[$0] > 0 })
  }
}
