import Images
import InferenceEngine
import Networks

/// Finds the object that clicks and a box are about.
///
///     let segmenter = try ClickSegmenter(network: NetworkRegistry.clickNetwork())
///     let first = try await segmenter.segment(photo, ClickPrompts(clicks: [click]))
///     let better = try await segmenter.segment(photo, ClickPrompts(clicks: [click, other]), previous: first)
///
/// The network looks at the whole image first, and again at a crop around the mask if that is small; each further
/// click looks at a crop around mask and prompts, with the mask before as an input.
public actor ClickSegmenter {
  private let runner: ClickNetworkRunner

  /// Compiles the network.
  ///
  /// - Parameter threads: The threads that a run may use.
  /// - Throws: What compiling throws.
  public init(network: ClickNetwork, threads: Int = Session.defaultThreadCount) throws {
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
    if let previous {
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

  /// Looks at the whole image, and again at the mask's surroundings if they are small.
  private func first(_ image: Image, _ prompts: ClickPrompts) throws -> Segmentation {
    let whole = try look(image, image.bounds, prompts, previous: nil)
    guard let crop = FocusCrop.refinement(of: image.bounds, whole.mask, prompts) else { return whole }
    return try look(image, crop, prompts, previous: whole.probabilities)
  }

  private func refined(_ image: Image, _ prompts: ClickPrompts, _ previous: Segmentation) throws
    -> Segmentation
  {
    let crop = FocusCrop.next(after: previous.probabilities.crop, previous.mask, prompts)
    return try look(image, crop, prompts, previous: previous.probabilities)
  }

  private func look(
    _ image: Image, _ crop: PixelRect, _ prompts: ClickPrompts, previous: ProbabilityMap?
  ) throws -> Segmentation {
    let answer = try runner.answer(image, crop: crop, prompts, previous: previous)
    let mask = runner.timing(\.mask) { answer.maps[0].mask(width: image.width, height: image.height) }
    // The other readings are trained for a lone click alone.
    let isAmbiguous = prompts.clicks.count == 1 && prompts.box == nil
    return Segmentation(
      mask: mask, probabilities: answer.maps[0],
      otherProbabilities: isAmbiguous ? Array(answer.maps.dropFirst()) : [],
      predictedIoU: min(max(answer.qualities[0], 0), 1), latency: StageLatency(encode: 0, network: 0, mask: 0)
    )
  }
}

extension ClickPrompts {
  /// The prompts as they were after `count` clicks.
  fileprivate func prefix(_ count: Int) -> ClickPrompts {
    ClickPrompts(clicks: Array(clicks.prefix(count)), box: box)
  }
}
