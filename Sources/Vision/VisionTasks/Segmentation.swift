import Images
import InferenceEngine

/// What a click network says of an image and its prompts.
public struct Segmentation: Sendable {
  /// The object, at the image's size.
  public var mask: Mask
  /// The probabilities that `mask` was made from; the next click refines them.
  public var probabilities: ProbabilityMap
  /// The probabilities of the network's other readings of the prompts.
  public var otherProbabilities: [ProbabilityMap]
  /// The network's own estimate of the mask's intersection over union with the object meant, in 0...1.
  public var predictedIoU: Double
  /// What was asked.
  public var prompts: ClickPrompts
  /// How long each stage took.
  public var latency: StageLatency

  /// Where the network's time went, layer by layer; nil when no network ran.
  public var profile: LayerProfile?

  /// Makes a segmentation.
  public init(
    mask: Mask, probabilities: ProbabilityMap, otherProbabilities: [ProbabilityMap] = [],
    predictedIoU: Double, prompts: ClickPrompts = ClickPrompts(), latency: StageLatency,
    profile: LayerProfile? = nil
  ) {
    self.mask = mask
    self.probabilities = probabilities
    self.otherProbabilities = otherProbabilities
    self.predictedIoU = predictedIoU
    self.prompts = prompts
    self.latency = latency
    self.profile = profile
  }

  /// The memory that the mask and the probabilities take.
  public var byteCount: Int {
    let count = probabilities.values.count * (1 + otherProbabilities.count)
    return mask.values.count + count * MemoryLayout<Float>.stride
  }

  /// The network's other readings of the prompts at the image's size.
  public var alternatives: [Mask] {
    otherProbabilities.map { $0.mask(width: mask.width, height: mask.height) }
  }
}
