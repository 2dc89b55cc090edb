import Images

/// What a click network says of an image and its prompts.
public struct Segmentation: Sendable {
  /// The object, at the image's size.
  public var mask: Mask
  /// The logits that `mask` was made from; the next click refines them.
  public var logits: MaskLogits
  /// The logits of the network's other readings of the prompts, best first.
  public var otherLogits: [MaskLogits]
  /// The network's own estimate of the mask's intersection over union with the object meant, in 0...1.
  public var predictedIoU: Double
  /// How long each stage took.
  public var latency: StageLatency

  /// Makes a segmentation.
  public init(
    mask: Mask, logits: MaskLogits, otherLogits: [MaskLogits] = [], predictedIoU: Double,
    latency: StageLatency
  ) {
    self.mask = mask
    self.logits = logits
    self.otherLogits = otherLogits
    self.predictedIoU = predictedIoU
    self.latency = latency
  }

  /// The memory that the mask and the logits take.
  public var byteCount: Int {
    let logitCount = logits.values.count * (1 + otherLogits.count)
    return mask.values.count + logitCount * MemoryLayout<Float>.stride
  }

  /// The network's other readings of the prompts at the image's size, best first.
  public var alternatives: [Mask] {
    otherLogits.map { $0.mask(width: mask.width, height: mask.height) }
  }
}
