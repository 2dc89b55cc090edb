import Graphs

/// Finds the 68 points of a face (in the order of iBUG's 300-W) in a square cut around it.
///
///     image [1, 3, 128, 128], (byte - 127) / 128    -> points [1, 136]
///
/// The points are x0, y0, x1, y1, ... as shares of the square's side from its left and upper border. The square has one
/// and a half times the longer side of the detector's box, its centre, and is turned so that the eyes are level.
public struct FaceLandmarks: Sendable {
  /// The number of points.
  public static let pointCount = 68
  /// The input's height and width in pixels.
  public static let inputSize = 128
  /// The square's side as a multiple of the box's longer side.
  public static let cropScale = 1.5

  private static let blocks = [1, 2, 2, 3, 1]
  private static let hidden = 64
  private static let flat = 32

  /// The network.
  public let graph: Graph

  /// Builds the network.
  ///
  /// - Throws: `NetworkError`, and what the source of the weights throws.
  public init(weights: any WeightSource) throws {
    var builder = NetworkBuilder(name: "face landmarks", weights: weights)
    let image = builder.input("image", channels: 3, height: Self.inputSize, width: Self.inputSize)
    let pyramid = try builder.efficientNetLite0(image, "encoder", blocks: Self.blocks)
    var x = try builder.convolution(pyramid[3], "top", to: Self.hidden, activation: .relu)
    x = try builder.separable(x, "context", to: Self.hidden, kernel: 5)
    x = try builder.convolution(x, "flat", to: Self.flat, activation: .relu)
    let row = try builder.apply(Reshape(shape: [1, builder.shape(of: x).elementCount]), [x], "row")
    builder.output(try builder.linear(row, "points", to: 2 * Self.pointCount), named: "points")
    graph = builder.graph
  }
}
