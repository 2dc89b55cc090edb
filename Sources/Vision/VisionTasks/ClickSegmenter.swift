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
/// before as an input, and changes only what it touches; the first of them are also asked as a first click is, and the
/// better answer is taken.
public actor ClickSegmenter {
  /// Up to how many clicks the object meant is thought over; more of them mend a mask.
  private static let reconsideredClicks = 3

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

  /// Answers a lone click or a box.
  private func first(_ image: Image, _ prompts: ClickPrompts) throws -> Segmentation {
    let readings = try looks(image, prompts)
    let chosen = readings[prompts.reading % readings.count]
    return segmentation(try closer(image, prompts, chosen), image, prompts, readingCount: readings.count)
  }

  /// Looks at the whole image and, without a box, at windows around the first click; the likeliest answer comes first.
  private func looks(_ image: Image, _ prompts: ClickPrompts) throws -> [Reading] {
    var crops = [image.bounds]
    if focuses, prompts.box == nil { crops = FocusCrop.windows(around: prompts.clicks, in: image.bounds) }
    let answers = try crops.map { try runner.answer(image, crop: $0, prompts, previous: nil) }
    return runner.timing(\.mask) { Readings(answers, prompts, in: image.bounds).ranked }
  }

  /// Looks again at the surroundings of an answer's mask, where it is cut or small in what was seen.
  private func closer(_ image: Image, _ prompts: ClickPrompts, _ seen: Reading) throws -> Reading {
    let found = runner.timing(\.mask) { seen.map.boundingBox }
    guard focuses, let crop = FocusCrop.refinement(of: seen.map.crop, found, prompts, in: image.bounds)
    else { return seen }
    return try reading(image, crop, prompts, previous: seen.map)
  }

  /// Answers one more click.
  private func refined(
    _ image: Image, _ prompts: ClickPrompts, _ previous: Segmentation
  ) throws -> Segmentation {
    let carriedOn = try carriedOn(image, prompts, previous)
    let answer = try reconsidered(image, prompts, previous, carriedOn) ?? carriedOn
    var result = segmentation(answer, image, prompts, readingCount: 1)
    result.isOfPromptsAlone = previous.isOfPromptsAlone
    return result
  }

  /// Looks at the surroundings of mask and prompts, with the mask before, and changes only what the click is about.
  private func carriedOn(
    _ image: Image, _ prompts: ClickPrompts, _ previous: Segmentation
  ) throws -> Reading {
    let seen = previous.probabilities.crop
    let crop =
      focuses ? FocusCrop.next(after: seen, previous.mask.boundingBox, prompts, in: image.bounds) : seen
    var answer = try reading(image, crop, prompts, previous: previous.probabilities)
    if let click = prompts.clicks.last, ClickPrompts(previous.prompts, and: click) == prompts {
      answer.map = runner.timing(\.mask) { answer.map.merged(into: previous.probabilities, at: click) }
    }
    return answer
  }

  /// Looks once more as at a first click, now with all that was said: an early click often tells that another thing was
  /// meant than the first answer. Returns nil where the mask carried on is the likelier one, or is not the network's.
  private func reconsidered(
    _ image: Image, _ prompts: ClickPrompts, _ previous: Segmentation, _ carriedOn: Reading
  ) throws -> Reading? {
    guard
      focuses, previous.isOfPromptsAlone, prompts.box == nil, prompts.reading == 0,
      prompts.clicks.count <= Self.reconsideredClicks
    else { return nil }
    let least = carriedOn.score(prompts, in: image.bounds)
    guard
      let other = try looks(image, prompts).first, other.score(prompts, in: image.bounds) > least
    else { return nil }
    let closer = try closer(image, prompts, other)
    return closer.score(prompts, in: image.bounds) > least ? closer : nil
  }

  /// Looks at a part of the image with care.
  private func reading(
    _ image: Image, _ crop: PixelRect, _ prompts: ClickPrompts, previous: ProbabilityMap
  ) throws -> Reading {
    let answer = try runner.answer(image, crop: crop, prompts, previous: previous, isCareful: true)
    return runner.timing(\.mask) { Reading(answer) }
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
