import Graphs

/// Tells the parts of a face apart on its tanh-polar map (see `TanhPolarWarp`), after Lin et al., "RoI Tanh-polar
/// Transformer Network for Face Parsing in the Wild" (2021), at the size of a phone's network.
///
///     map [1, 3, angles, radii], (byte - 127) / 128    -> logits [1, 11, angles, radii]
///
/// A map's rows are angles, so its last row is followed by its first: the map is extended by a part of a turn at both
/// ends before the first layer, and cut back after the last. The map is made with directions kept and turned so that
/// the eyes are level.
public struct FaceParser: Sendable {
  /// The classes, in the order of the logits; left and right as the picture is seen.
  public static let classNames = [
    "background", "skin", "left brow", "right brow", "left eye", "right eye", "nose", "upper lip",
    "inner mouth", "lower lip", "hair",
  ]

  private static let decoder = PyramidDecoder(
    blocks: [1, 2, 2, 3, 3], widths: [24, 40, 64, 96], context: 128)
  /// Rows added at each end.
  private static let extensionRows = 16

  /// The network.
  public let graph: Graph

  /// Builds the network for one size of the map.
  ///
  /// - Parameters:
  ///   - angles: The map's height, a positive multiple of 32.
  ///   - radii: The map's width, a positive multiple of 32.
  /// - Throws: `NetworkError`, and what the source of the weights throws.
  public init(weights: any WeightSource, angles: Int = 160, radii: Int = 160) throws {
    guard angles > 0, radii > 0, angles % 32 == 0, radii % 32 == 0 else {
      throw NetworkError.inputSize(
        network: "face parser", height: angles, width: radii, expected: "multiples of 32")
    }
    var builder = NetworkBuilder(name: "face parser", weights: weights)
    let map = builder.input("map", channels: 3, height: angles, width: radii)
    let rows = Self.extensionRows
    let around = Pad(mode: .wrap, before: [0, 0, rows, 0], after: [0, 0, rows, 0])
    let extended = try builder.apply(around, [map], "extend")
    let features = try builder.pyramidFeatures(extended, Self.decoder)
    let coarse = try builder.convolution(features, "head", to: Self.classNames.count, kernel: 3)
    let fine = try builder.enlarge(coarse, "up")
    let turn = Slice(starts: [rows], ends: [rows + angles], axes: [2])
    builder.output(try builder.apply(turn, [fine], "cut"), named: "logits")
    graph = builder.graph
  }
}
