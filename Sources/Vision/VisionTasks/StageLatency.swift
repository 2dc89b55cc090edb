/// How long the stages from prompts to mask took, in milliseconds.
public struct StageLatency: Sendable, Hashable, Codable {
  /// Cropping and resizing the image and drawing the prompts.
  public var encode: Double
  /// The part of `encode` that cropping and resizing takes.
  public var crop: Double
  /// Running the network.
  public var network: Double
  /// Making the mask at the image's size.
  public var mask: Double

  /// Makes a latency.
  public init(encode: Double, network: Double, mask: Double, crop: Double = 0) {
    self.encode = encode
    self.crop = crop
    self.network = network
    self.mask = mask
  }

  /// All stages together.
  public var total: Double { encode + network + mask }
}
