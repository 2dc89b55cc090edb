import Evaluation
import Images
import Testing

@Suite struct BoundaryScoreTests {
  static func square(_ left: Int, _ top: Int, _ side: Int) -> Mask {
    Mask(
      width: 120, height: 90,
      values: (0..<120 * 90).map {
        (left..<left + side).contains($0 % 120) && (top..<top + side).contains($0 / 120) ? 255 : 0
      })
  }

  @Test func equalMasksScoreOne() {
    let mask = Self.square(20, 20, 30)
    #expect(BoundaryScore.between(mask, and: mask) == 1)
    let empty = Mask(width: 120, height: 90)
    #expect(BoundaryScore.between(empty, and: empty) == 1)
    #expect(BoundaryScore.between(mask, and: empty) == 0)
  }

  @Test func edgesWithinTheToleranceAreRight() {
    // 0.008 of the diagonal of 150 pixels is 1.2 pixels.
    #expect(BoundaryScore.between(Self.square(21, 20, 30), and: Self.square(20, 20, 30)) == 1)
    let two = BoundaryScore.between(Self.square(22, 20, 30), and: Self.square(20, 20, 30))
    // The top and bottom edges stay, of 30 pixels each, less those that are two or more beyond the other's corners.
    #expect(abs(two - 2.0 * 29 / 116) < 0.03, "\(two)")
  }

  @Test func thePicturesBorderIsNoEdge() {
    let left = Mask(width: 120, height: 90, values: (0..<120 * 90).map { $0 % 120 < 60 ? 255 : 0 })
    let other = Mask(width: 120, height: 90, values: (0..<120 * 90).map { $0 % 120 < 70 ? 255 : 0 })
    #expect(BoundaryScore.between(left, and: other) == 0)
    let full = Mask(width: 120, height: 90, values: [UInt8](repeating: 255, count: 120 * 90))
    #expect(BoundaryScore.between(full, and: full) == 1)
  }

  @Test func figuresAreMeansOverImages() {
    var report = MaskReport()
    report.add(Self.square(20, 20, 30), truth: Self.square(20, 20, 30), milliseconds: 3)
    report.add(Self.square(20, 20, 30), truth: Self.square(20, 35, 30), milliseconds: 5)
    #expect(report.images == 2 && report.medianMilliseconds == 4)
    #expect(abs(report.meanIoU - (1 + 450.0 / 1350) / 2) < 1e-9)
    #expect(report.boundaryF > 0.5 && report.boundaryF < 1)
  }
}
