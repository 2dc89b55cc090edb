import Images
import InferenceEngine

/// What a click network says of an image and its prompts.
public struct Segmentation: Sendable {
  /// The object, at the image's size.
  public var mask: CroppedMask
  /// The probabilities that `mask` was made from; the next click refines them.
  public var probabilities: ProbabilityMap
  /// How many answers a lone first click has, of which `prompts.reading` chose one; 1 for other prompts.
  public var readingCount: Int
  /// The network's own estimate of the mask's intersection over union with the object meant, in 0...1.
  public var predictedIoU: Double
  /// What was asked.
  public var prompts: ClickPrompts
  /// Whether the mask is the network's answer to the prompts, and nothing else made any of it.
  public var isOfPromptsAlone: Bool
  /// How long each stage took.
  public var latency: StageLatency

  /// Where the network's time went, layer by layer; nil when no network ran.
  public var profile: LayerProfile?

  /// Makes a segmentation.
  public init(
    mask: CroppedMask, probabilities: ProbabilityMap, readingCount: Int = 1,
    predictedIoU: Double, prompts: ClickPrompts = ClickPrompts(), isOfPromptsAlone: Bool = true,
    latency: StageLatency, profile: LayerProfile? = nil
  ) {
    self.mask = mask
    self.probabilities = probabilities
    self.readingCount = readingCount
    self.predictedIoU = predictedIoU
    self.prompts = prompts
    self.isOfPromptsAlone = isOfPromptsAlone
    self.latency = latency
    self.profile = profile
  }

  /// The memory that the mask and the probabilities take.
  public var byteCount: Int {
    mask.part.values.count + probabilities.values.count * MemoryLayout<Float>.stride
  }
}
