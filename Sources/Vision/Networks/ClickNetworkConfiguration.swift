/// What the click networks differ in: the widths and depths of encoder and trunk.
public struct ClickNetworkConfiguration: Sendable, Equatable {
  /// What is at one resolution of the trunk, on the way down or up.
  struct Level: Sendable, Equatable {
    var channels, blocks, expansion, kernel: Int

    func block() -> InvertedResidual {
      InvertedResidual(outputs: channels, expansion: expansion, kernel: kernel)
    }
  }

  var encoder: EfficientNetLite0.Configuration
  /// Channels of the trunk at 1/2 and 1/4 of the input.
  var channels2, channels4: Int
  /// At 1/8, 1/16 and 1/32, and back at 1/16, 1/8 and 1/4.
  var descent, ascent: [Level]
  /// Expansion of the blocks that halve the size.
  var downExpansion: Int
  var heads, transformerLayers, qualityHidden: Int

  /// The default network: 4.2 million weights.
  public static let standard = ClickNetworkConfiguration(
    encoder: .standard, channels2: 16, channels4: 32,
    descent: [
      Level(channels: 64, blocks: 1, expansion: 2, kernel: 3),
      Level(channels: 112, blocks: 2, expansion: 3, kernel: 5),
      Level(channels: 192, blocks: 0, expansion: 1, kernel: 3),
    ],
    ascent: [
      Level(channels: 112, blocks: 2, expansion: 3, kernel: 5),
      Level(channels: 64, blocks: 2, expansion: 2, kernel: 3),
      Level(channels: 32, blocks: 2, expansion: 2, kernel: 3),
    ],
    downExpansion: 3, heads: 6, transformerLayers: 2, qualityHidden: 64)

  /// The tiny network: 0.6 million weights; its encoder is a thinned one of the default network.
  public static let tiny = ClickNetworkConfiguration(
    encoder: .thinned, channels2: 8, channels4: 24,
    descent: [
      Level(channels: 40, blocks: 1, expansion: 2, kernel: 3),
      Level(channels: 80, blocks: 1, expansion: 2, kernel: 5),
      Level(channels: 128, blocks: 0, expansion: 1, kernel: 3),
    ],
    ascent: [
      Level(channels: 80, blocks: 1, expansion: 2, kernel: 5),
      Level(channels: 40, blocks: 1, expansion: 2, kernel: 3),
      Level(channels: 24, blocks: 1, expansion: 2, kernel: 3),
    ],
    downExpansion: 2, heads: 4, transformerLayers: 1, qualityHidden: 64)
}
