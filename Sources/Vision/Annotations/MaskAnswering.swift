import Images
import VisionTasks

/// Answers the questions of a document with a click network; the workbench and the command line take the same way.
public enum MaskAnswering {
  /// How far from a click, in pixels, a change of a mask still counts as meant by it.
  static let reach = 3
  /// The longer side of the probabilities that stand for a mask that no network made.
  private static let sampleLimit = 512

  /// Returns the mask that a question leads to, and the network's result for the next to refine.
  ///
  /// Where prompts refine a mask that no network made, only those changes are taken that are connected with a prompt:
  /// the progressive merge of FocalClick (Chen et al., 2022) at the image's own pixels, so that the rest of an imported
  /// mask stays exactly as it was.
  ///
  /// - Parameter previous: The result for the question before, if the question refines it.
  /// - Throws: What the segmenter throws.
  public static func answer(
    _ question: Document.Question, of image: Image, previous: Segmentation?, with segmenter: ClickSegmenter
  ) async throws -> (answer: Document.Answer, segmentation: Segmentation) {
    let prompts = question.prompts
    guard let base = question.base else {
      let result = try await segmenter.segment(image, prompts, previous: previous)
      return (answer(result, RunLengths(result.mask)), result)
    }
    var result: Segmentation
    var mask: RunLengths
    if question.refinesPrevious, let previous {
      result = previous
      mask = RunLengths(previous.mask)
    } else {
      mask = base.mask
      result = segmentation(
        of: base.mask, ClickPrompts(clicks: Array(prompts.clicks.prefix(base.clickCount))))
    }
    let given = result.prompts.clicks.count
    let counts = given < prompts.clicks.count ? Array(given + 1...prompts.clicks.count) : [given]
    for count in counts {
      let next = ClickPrompts(
        clicks: Array(prompts.clicks.prefix(count)), box: prompts.box, reading: prompts.reading)
      result = try await segmenter.segment(image, next, previous: result)
      let change: RunLengths
      if count > given {
        let click = prompts.clicks[count - 1]
        change = mask.merging(RunLengths(result.mask), near: click, reach: reach)
      } else if let box = prompts.box {
        change = mask.merging(RunLengths(result.mask), touching: box)
      } else {
        change = mask
      }
      mask = change
      result.mask = mask.croppedMask
    }
    return (answer(result, mask), result)
  }

  private static func answer(_ result: Segmentation, _ mask: RunLengths) -> Document.Answer {
    Document.Answer(
      mask: mask, predictedIoU: result.predictedIoU, readingCount: result.readingCount)
  }

  /// A mask in the form in which a network's results are refined.
  static func segmentation(of mask: RunLengths, _ prompts: ClickPrompts) -> Segmentation {
    let scale = min(1, Double(sampleLimit) / Double(max(mask.width, mask.height)))
    let width = max(Int(Double(mask.width) * scale), 1)
    let height = max(Int(Double(mask.height) * scale), 1)
    let inside = mask.sampled(
      columns: (0..<width).map { (2 * $0 + 1) * mask.width / (2 * width) },
      rows: (0..<height).map { (2 * $0 + 1) * mask.height / (2 * height) })
    return Segmentation(
      mask: mask.croppedMask,
      probabilities: ProbabilityMap(
        width: width, height: height, values: inside.map { $0 ? 1 : 0 },
        crop: PixelRect(x: 0, y: 0, width: mask.width, height: mask.height)),
      predictedIoU: 1, prompts: prompts, isOfPromptsAlone: false,
      latency: StageLatency(encode: 0, network: 0, mask: 0))
  }
}
