import Graphs

/// Finds the people in the foreground of a picture, with an edge fine enough to replace the background.
///
///     image [1, 3, H, W], (byte - 127) / 128    -> logits [1, 1, H, W]
///
/// The network sees the whole picture squeezed to its input. Its last layer makes the four pixels of every square at
/// half the size, so that the edge follows the pixels and costs no convolution at full size.
public struct PortraitNetwork: Sendable {
  /// The encoder's slice and the decoder's widths.
  private static let decoder = PyramidDecoder(
    blocks: [1, 2, 2, 3, 2], widths: [16, 32, 48, 64], context: 96)

  /// The network.
  public let graph: Graph

  /// Builds the network for one input size.
  ///
  /// - Parameters:
  ///   - height: A positive multiple of 32.
  ///   - width: A positive multiple of 32.
  /// - Throws: `NetworkError`, and what the source of the weights throws.
  public init(weights: any WeightSource, height: Int = 256, width: Int = 256) throws {
    guard height > 0, width > 0, height % 32 == 0, width % 32 == 0 else {
      throw NetworkError.inputSize(
        network: "portrait network", height: height, width: width, expected: "multiples of 32")
    }
    var builder = NetworkBuilder(name: "portrait", weights: weights)
    let image = builder.input("image", channels: 3, height: height, width: width)
    let features = try builder.pyramidFeatures(image, Self.decoder)
    let squares = try builder.convolution(features, "head", to: 4, kernel: 3)
    let parted = try builder.apply(
      Reshape(shape: [1, 1, 2, 2, height / 2, width / 2]), [squares], "head.part")
    let woven = try builder.apply(Transpose(permutation: [0, 1, 4, 2, 5, 3]), [parted], "head.weave")
    let logits = try builder.apply(Reshape(shape: [1, 1, height, width]), [woven], "head.unite")
    builder.output(logits, named: "logits")
    graph = builder.graph
  }
}
