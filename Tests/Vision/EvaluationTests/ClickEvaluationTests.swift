import Evaluation
import Images
import Testing
import VisionTasks

@Suite struct ClickEvaluationTests {
  /// An answer that holds the object's first `inside` pixels in reading order.
  static func answer(to object: LabelledObject, inside: Int, milliseconds: Double = 1) -> Segmentation {
    var left = inside
    let values = object.labels.map { label -> UInt8 in
      guard label == .inside, left > 0 else { return 0 }
      left -= 1
      return 255
    }
    let crop = PixelRect(x: 0, y: 0, width: object.width, height: object.height)
    return Segmentation(
      mask: CroppedMask(Mask(width: object.width, height: object.height, values: values)),
      probabilities: ProbabilityMap(width: 1, height: 1, values: [0], crop: crop), predictedIoU: 1,
      latency: StageLatency(encode: 0, network: milliseconds, mask: 0))
  }

  static let row = object("##########")

  @Test func countsClicks() async throws {
    var evaluation = ClickEvaluation(.init(maximumClicks: 20))
    // Two more pixels with each click: 0.2, 0.4, ... reaches 0.85 and 0.90 with the fifth.
    try await evaluation.tryObject(Self.row) { prompts, _ in
      Self.answer(to: Self.row, inside: 2 * prompts.clicks.count, milliseconds: Double(prompts.clicks.count))
    }
    // Found at once but for one pixel, which the user clicks in vain: a pixel is clicked once.
    try await evaluation.tryObject(Self.row) { _, _ in Self.answer(to: Self.row, inside: 9) }
    #expect(evaluation.trials.map(\.intersectionsOverUnion.count) == [5, 2])
    #expect(abs(evaluation.meanIntersectionOverUnion(afterClicks: 1) - (0.2 + 0.9) / 2) < 1e-12)
    #expect(abs(evaluation.meanIntersectionOverUnion(afterClicks: 3) - (0.6 + 0.9) / 2) < 1e-12)
    #expect(evaluation.meanClicks(toReach: 0.85) == 3)
    #expect(evaluation.failures(toReach: 0.90) == 0)
    #expect(evaluation.harmlessShare == 1)
  }

  @Test func aFailureCountsAsTheMaximum() async throws {
    var evaluation = ClickEvaluation(.init(maximumClicks: 7))
    try await evaluation.tryObject(Self.row) { prompts, _ in
      Self.answer(to: Self.row, inside: prompts.clicks.count % 2 == 0 ? 3 : 4)
    }
    #expect(evaluation.trials[0].intersectionsOverUnion.count == 7)
    #expect(evaluation.meanClicks(toReach: 0.9) == 7)
    #expect(evaluation.failures(toReach: 0.9) == 1)
    #expect(evaluation.harmlessShare == 0.5)
  }

  @Test func aFirstClickIsTaken() async throws {
    var evaluation = ClickEvaluation(.init(maximumClicks: 2))
    let first = Click(x: 7.5, y: 0.5)
    var seen: [Click] = []
    try await evaluation.tryObject(Self.row, firstClick: first) { prompts, _ in
      seen = prompts.clicks
      return Self.answer(to: Self.row, inside: 0)
    }
    // A row is nowhere deeper than one pixel, so the simulator begins at its left end.
    #expect(seen == [first, Click(x: 0.5, y: 0.5)])
  }

  @Test func aPerfectMaskNeedsNoFurtherClick() async throws {
    var evaluation = ClickEvaluation()
    try await evaluation.tryObject(Self.row) { _, _ in Self.answer(to: Self.row, inside: 10) }
    #expect(evaluation.trials[0].intersectionsOverUnion == [1])
    #expect(evaluation.meanIntersectionOverUnion(afterClicks: 5) == 1)
  }

  @Test func theReportSumsUp() async throws {
    var evaluation = ClickEvaluation(.init(maximumClicks: 4))
    try await evaluation.tryObject(Self.row) { prompts, _ in
      Self.answer(to: Self.row, inside: 5, milliseconds: Double(prompts.clicks.count))
    }
    let report = ClickReport(evaluation)
    #expect(report.objects == 1)
    #expect(report.meanIoU == ["1": 0.5, "3": 0.5])
    #expect(report.medianMilliseconds == 2.5)
    #expect(report.failures90 == 1)
  }
}
