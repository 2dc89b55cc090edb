import Graphs
import Tensors

/// The click network, default or tiny: what SqueezeSAM (2023) does, arranged so that further clicks are cheap.
///
/// An encoder sees the image once; a trunk sees the encoder's pyramid and the prompts at each click. It joins them at
/// a quarter of the input, descends again to 1/32 with the pyramid added at each level, attends over the whole
/// picture there, and climbs back to a half, adding what it had on the way down.
///
///     encoder: image [1, 3, H, W], (byte - 127) / 128           -> pyramid.0 ... pyramid.4, 1/2 to 1/32
///     trunk:   pyramid.0 ... pyramid.4, prompts [1, 4, H, W]    -> logits [1, 3, H/2, W/2], quality [1, 3]
///
/// Prompts are the nearness of positive clicks, that of negative clicks, the box (ones without one) and the probabilities
/// of the mask before. The three logits are readings of the prompts; `quality` estimates the intersection over union
/// of each. The first is the mask; the others are meant for a lone first click.
public struct ClickNetwork: Sendable {
  /// The number of readings of the prompts.
  public static let alternatives = 3
  /// The number of prompt maps.
  public static let promptChannels = 4
  /// Names of the encoder's results and of the trunk's inputs, the largest level first.
  public static let pyramidNames = (0..<5).map { "pyramid.\($0)" }

  /// What runs once for a crop of the image.
  public let encoder: Graph
  /// What runs for every click.
  public let trunk: Graph
  /// The input's size in pixels.
  public let height, width: Int

  /// Builds both graphs for one input size.
  ///
  /// - Parameters:
  ///   - configuration: Its widths and depths.
  ///   - height: A positive multiple of 32.
  ///   - width: A positive multiple of 32.
  /// - Throws: `NetworkError`, and what the source of the weights throws.
  public init(
    weights: any WeightSource, configuration: ClickNetworkConfiguration = .standard, height: Int = 320,
    width: Int = 320
  ) throws {
    guard height > 0, width > 0, height % 32 == 0, width % 32 == 0 else {
      throw NetworkError.inputSize(
        network: "click network", height: height, width: width, expected: "multiples of 32")
    }
    self.height = height
    self.width = width
    encoder = try Self.makeEncoder(weights, configuration.encoder, height: height, width: width)
    trunk = try ClickTrunk(weights, configuration, height: height, width: width).graph
  }

  private static func makeEncoder(
    _ weights: any WeightSource, _ configuration: EfficientNetLite0.Configuration, height: Int, width: Int
  ) throws -> Graph {
    var builder = NetworkBuilder(name: "click encoder", weights: weights)
    let image = builder.input("image", channels: 3, height: height, width: width)
    let pyramid = try builder.efficientNetLite0(image, "encoder", configuration)
    for (level, name) in zip(pyramid, pyramidNames) { builder.output(level, named: name) }
    return builder.graph
  }
}
