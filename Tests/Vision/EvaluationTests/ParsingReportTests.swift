import Evaluation
import Testing
import VisionTasks

@Suite struct ParsingReportTests {
  static let text = "0 background\n1 skin\n2 hair\n3 eyes\n4 nose\n5 mouth\n"

  @Test func classesMayBeUnionsAndPartsMayBeLeftOut() throws {
    let classes = try ParsingClasses(text: Self.text, path: "classes.txt")
    var report = ParsingReport(classes)
    // Brows lie in the skin, lips and the mouth between them are the mouth.
    let parts: [FacePart] = [
      .background, .leftBrow, .hair, .leftEye, .rightEye, .nose, .upperLip, .innerMouth, .lowerLip, .skin,
    ]
    try report.add(
      parts.map(\.rawValue), truth: [0, 1, 2, 3, 3, 4, 5, 5, 5, 1], path: "a.png", hasFace: true,
      milliseconds: 1)
    #expect(report.meanF1 == 1 && report.f1.count == 6 && report.f1.values.allSatisfy { $0 == 1 })
  }

  @Test func f1IsOverAllPixels() throws {
    let classes = try ParsingClasses(text: "0,background\n7,Left_Eye\n9,skin", path: "classes.txt")
    var report = ParsingReport(classes)
    let (skin, eye) = (FacePart.skin.rawValue, FacePart.leftEye.rawValue)
    try report.add(
      [skin, skin, skin, eye], truth: [9, 9, 7, 7], path: "a.png", hasFace: true, milliseconds: 1)
    try report.add([0, 0, 0, 0], truth: [9, 0, 0, 0], path: "b.png", hasFace: false, milliseconds: 5)
    // Skin: 2 right, 3 found, 3 there. Left eye: 1 right, 1 found, 2 there.
    #expect(abs(report.f1["skin"]! - 4.0 / 6) < 1e-12 && abs(report.f1["left eye"]! - 2.0 / 3) < 1e-12)
    #expect(abs(report.f1["background"]! - 6.0 / 7) < 1e-12)
    #expect(abs(report.meanF1 - (4.0 / 6 + 2.0 / 3) / 2) < 1e-12)
    #expect(report.images == 2 && report.missedFaces == 1 && report.medianMilliseconds == 3)
  }

  @Test func mistakesInTheListAreNamed() throws {
    #expect(throws: EvaluationError.badClass(path: "c", line: 2)) {
      try ParsingClasses(text: "0 background\nskin", path: "c")
    }
    #expect(throws: EvaluationError.badClass(path: "c", line: 3)) {
      try ParsingClasses(text: "0 background\n1 skin\n1 hair", path: "c")
    }
    #expect(throws: EvaluationError.unknownClass(path: "c", name: "elbow")) {
      try ParsingClasses(text: "0 background\n1 elbow", path: "c")
    }
    #expect(throws: EvaluationError.self) { try ParsingClasses(text: "1 skin", path: "c") }
    var report = ParsingReport(try ParsingClasses(text: "0 background\n1 skin", path: "c"))
    #expect(throws: EvaluationError.unlistedValue(path: "m.png", value: 4)) {
      try report.add([0], truth: [4], path: "m.png", hasFace: true, milliseconds: 1)
    }
  }
}
