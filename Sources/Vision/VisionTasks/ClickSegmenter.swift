import Images
import InferenceEngine
import Networks

/// Finds the object that clicks and a box are about.
///
///     let segmenter = try ClickSegmenter(network: NetworkRegistry.clickNetwork())
///     let first = try await segmenter.segment(photo, ClickPrompts(clicks: [click]))
///     let better = try await segmenter.segment(photo, ClickPrompts(clicks: [click, other]), previous: first)
///
/// A first click is answered on the whole image and on windows around it; the answer that is best by `Readings` is
/// looked at again on a crop around its mask. Each further click looks at a crop around mask and prompts, with the mask
/// before as an input, and changes only what it touches.
public actor ClickSegmenter {
  let runner: ClickNetworkRunner
  private let focuses: Bool

  /// Compiles the network.
  ///
  /// - Parameters:
  ///   - threads: The threads that a run may use.
  ///   - focuses: Whether the network may look at parts of an image; only the whole one otherwise.
  /// - Throws: What compiling throws.
  public init(
    network: ClickNetwork, threads: Int = Session.defaultThreadCount, focuses: Bool = true
  ) throws {
    self.focuses = focuses
    runner = try ClickNetworkRunner(network, threads: threads)
  }

  /// Encodes an image before its first click, so that this is answered sooner.
  ///
  /// - Throws: What running the network throws.
  public func prepare(_ image: Image) throws {
    try runner.prepare(image, crop: image.bounds)
    _ = runner.takeLatency()
  }

  /// Answers prompts.
  ///
  /// - Parameter previous: The answer to the same prompts without their last change; nil to give the clicks one after
  ///   another from the first, which leads to the same mask.
  /// - Throws: `VisionTaskError` for prompts that say nothing about the image, and what running the network throws.
  public func segment(
    _ image: Image, _ prompts: ClickPrompts, previous: Segmentation? = nil
  ) throws -> Segmentation {
    try prompts.validate(width: image.width, height: image.height)
    _ = runner.takeLatency()
    var answer: Segmentation
    if let previous, !prompts.isAnotherReading(of: previous.prompts) {
      answer = try refined(image, prompts, previous)
    } else {
      // A box stands from the beginning; the first look has a box or a click.
      let start = prompts.box == nil ? 1 : 0
      answer = try first(image, prompts.prefix(start))
      for count in start..<prompts.clicks.count {
        answer = try refined(image, prompts.prefix(count + 1), answer)
      }
    }
    (answer.latency, answer.profile) = runner.takeLatency()
    return answer
  }

  /// Looks at the whole image and at windows around a lone click, and again at the best mask's surroundings.
  private func first(_ image: Image, _ prompts: ClickPrompts) throws -> Segmentation {
    var crops = [image.bounds]
    if focuses, prompts.box == nil, let click = prompts.clicks.first {
      crops = FocusCrop.windows(around: click, in: image.bounds)
    }
    let answers = try crops.map { try runner.answer(image, crop: $0, prompts, previous: nil) }
    let readings = Readings(answers, prompts, in: image.bounds).ranked
    let chosen = readings[prompts.reading % readings.count]
    let found = runner.timing(\.mask) { chosen.map.mask(width: image.width, height: image.height) }
    guard focuses, let crop = FocusCrop.refinement(of: chosen.map.crop, found, prompts) else {
      return segmentation(chosen, image, prompts, readingCount: readings.count)
    }
    let answer = try runner.answer(image, crop: crop, prompts, previous: chosen.map, isCareful: true)
    return segmentation(Reading(answer), image, prompts, readingCount: readings.count)
  }

  /// Looks at the surroundings of mask and prompts.
  private func refined(
    _ image: Image, _ prompts: ClickPrompts, _ previous: Segmentation
  ) throws -> Segmentation {
    let seen = previous.probabilities.crop
    let crop = focuses ? FocusCrop.next(after: seen, previous.mask, prompts) : seen
    var answer = Reading(
      try runner.answer(image, crop: crop, prompts, previous: previous.probabilities, isCareful: true))
    if let click = prompts.clicks.last, ClickPrompts(previous.prompts, and: click) == prompts {
      answer.map = runner.timing(\.mask) { answer.map.merged(into: previous.probabilities, at: click) }
    }
    return segmentation(answer, image, prompts, readingCount: 1)
  }

  private func segmentation(
    _ reading: Reading, _ image: Image, _ prompts: ClickPrompts, readingCount: Int
  ) -> Segmentation {
    Segmentation(
      mask: runner.timing(\.mask) { LookMask.mask(of: reading.map, edgesOf: image) },
      probabilities: reading.map, readingCount: readingCount,
      predictedIoU: min(max(reading.predictedIoU, 0), 1), prompts: prompts,
      latency: StageLatency(encode: 0, network: 0, mask: 0))
  }
}

extension ClickPrompts {
  /// Prompts and one more click.
  fileprivate init(_ prompts: ClickPrompts, and click: Click) {
    self.init(clicks: prompts.clicks + [click], box: prompts.box, reading: prompts.reading)
  }

  /// Whether nothing but the reading of a lone click differs.
  fileprivate func isAnotherReading(of other: ClickPrompts) -> Bool {
    clicks.count == 1 && clicks == other.clicks && box == nil && other.box == nil && reading != other.reading
  }

  /// The prompts as they were after `count` clicks.
  fileprivate func prefix(_ count: Int) -> ClickPrompts {
    ClickPrompts(clicks: Array(clicks.prefix(count)), box: box, reading: reading)
  }
}
