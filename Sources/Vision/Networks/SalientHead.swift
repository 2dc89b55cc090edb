import Graphs

/// A head on the default click network's encoder that says where an image's salient object is.
///
///     pyramid.2 [1, 40, H/8, W/8], pyramid.3 [1, 112, H/16, W/16], pyramid.4 [1, 320, H/32, W/32]
///         -> logits [1, 1, H/8, W/8]
public struct SalientHead: Sendable {
  private static let channels = 48
  /// The levels of the encoder's pyramid that it reads, the largest first.
  public static let pyramidNames = Array(ClickNetwork.pyramidNames[2...])

  /// The finished graph.
  public let graph: Graph

  /// Builds the head for one size of the encoder's input.
  ///
  /// - Parameters:
  ///   - height: A positive multiple of 32.
  ///   - width: A positive multiple of 32.
  /// - Throws: `NetworkError`, and what the source of the weights throws.
  public init(weights: any WeightSource, height: Int = 320, width: Int = 320) throws {
    guard height > 0, width > 0, height % 32 == 0, width % 32 == 0 else {
      throw NetworkError.inputSize(
        network: "salient head", height: height, width: width, expected: "multiples of 32")
    }
    var builder = NetworkBuilder(name: "salient head", weights: weights)
    let channels = EfficientNetLite0.Configuration.standard.pyramidChannels[2...]
    let levels = zip(Self.pyramidNames, channels).enumerated().map { index, level in
      builder.input(
        level.0, channels: level.1, height: height >> (index + 3), width: width >> (index + 3))
    }
    var x = try builder.convolution(levels[2], "salient.lateral32", to: Self.channels)
    x = try builder.invertedResidual(x, "salient.block32", Self.block)
    for (level, size) in [(levels[1], 16), (levels[0], 8)] {
      let lateral = try builder.convolution(level, "salient.lateral\(size)", to: Self.channels)
      x = try builder.add(builder.enlarge(x, "salient.double\(size)"), lateral, "salient.add\(size)")
      x = try builder.invertedResidual(x, "salient.block\(size)", Self.block)
    }
    builder.output(try builder.convolution(x, "salient.mask", to: 1), named: "logits")
    graph = builder.graph
  }

  private static let block = InvertedResidual(outputs: channels, expansion: 2, kernel: 5)
}
