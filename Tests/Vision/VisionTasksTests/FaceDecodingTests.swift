import Foundation
import Testing
import VisionTasks

@Suite struct FaceDecodingTests {
  /// A level of 3x2 cells of which one has a face.
  static func level(confidence: Float = 2, at cell: Int = 4, _ numbers: [Float]) -> [Float] {
    var values = [Float](repeating: 0, count: 6 * FaceDecoding.channels)
    for start in stride(from: 0, to: values.count, by: FaceDecoding.channels) { values[start] = -9 }
    values.replaceSubrange(
      cell * FaceDecoding.channels..<(cell + 1) * FaceDecoding.channels, with: [confidence] + numbers)
    return values
  }

  @Test func numbersOfACellMakeAFace() throws {
    // Cell 4 of three columns is column 1, row 1; its middle at cells of 16 pixels is (24, 24).
    let numbers: [Float] = [0.5, -0.25, log(0.5), log(2), -0.1, -0.2, 0.1, -0.2, 0, 0, -0.1, 0.3, 0.1, 0.3]
    let faces = FaceDecoding.faces(Self.level(numbers), columns: 3, cellSide: 16, threshold: 0.5)
    let face = try #require(faces.first)
    #expect(faces.count == 1)
    #expect(abs(face.confidence - 1 / (1 + exp(-2.0))) < 1e-6)
    let (width, height) = (0.5 * 64, 2.0 * 64)
    let expected = [32 - width / 2, 20 - height / 2, 32 + width / 2, 20 + height / 2]
    for (found, wanted) in zip([face.box.x0, face.box.y0, face.box.x1, face.box.y1], expected) {
      #expect(abs(found - wanted) < 1e-4)
    }
    #expect(face.points.count == 5)
    #expect(abs(face.points[0].x - (24 - 6.4)) < 1e-4 && abs(face.points[0].y - (24 - 12.8)) < 1e-4)
    #expect(abs(face.roll) < 1e-6)
  }

  @Test func unsureCellsAndDamagedSidesAreLeftOut() {
    let numbers = [Float](repeating: 0, count: 14)
    #expect(
      FaceDecoding.faces(Self.level(confidence: -0.1, numbers), columns: 3, cellSide: 8, threshold: 0.5)
        .isEmpty)
    #expect(
      FaceDecoding.faces(Self.level(confidence: 0.1, numbers), columns: 3, cellSide: 8, threshold: 0.5).count
        == 1)
    var damaged = numbers
    damaged[2] = .nan
    #expect(FaceDecoding.faces(Self.level(damaged), columns: 3, cellSide: 8, threshold: 0.5).isEmpty)
  }

  static func face(_ x: Double, _ y: Double, side: Double, confidence: Double) -> DetectedFace {
    DetectedFace(
      box: Box(x0: x, y0: y, x1: x + side, y1: y + side), confidence: confidence,
      points: [DetectedFace.Point](repeating: DetectedFace.Point(x: x, y: y), count: 5))
  }

  @Test func eachFaceIsReportedOnce() {
    let faces = [
      Self.face(0, 0, side: 10, confidence: 0.6), Self.face(1, 1, side: 10, confidence: 0.9),
      Self.face(30, 0, side: 10, confidence: 0.7),
      // 10 of 190 square pixels are common: another face.
      Self.face(39, 0, side: 10, confidence: 0.8),
    ]
    let kept = FaceDecoding.suppressed(faces, overlap: 0.4)
    #expect(kept.map(\.confidence) == [0.9, 0.8, 0.7])
  }

  @Test func facesAtTheBorderAreCut() {
    #expect(!Self.face(5, 5, side: 20, confidence: 1).isCut(width: 40, height: 30))
    #expect(Self.face(-5, 5, side: 20, confidence: 1).isCut(width: 40, height: 30))
    #expect(Self.face(15, 15, side: 20, confidence: 1).isCut(width: 40, height: 30))
  }
}
