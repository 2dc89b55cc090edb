import Graphs

/// Finds faces and five points of each: a small separable backbone, a thin feature pyramid, and one head without
/// anchors for each level (after Bazarevsky et al., "BlazeFace", 2019, and Tian et al., "FCOS", 2019).
///
///     image [1, 3, H, W], (byte - 127) / 128    -> stride8, stride16, stride32 [1, 15, H/s, W/s]
///
/// The channels of a cell, with s its stride in pixels:
/// - 0: the logit of a face whose box has its centre in the cell;
/// - 1, 2: the box centre's offset to the right of and below the cell's middle, in cells;
/// - 3, 4: the logarithms of the box's width and height, in units of 4 s;
/// - 5 to 14: offsets of the points to the right of and below the cell's middle, in units of 4 s, in the order of
///   `pointNames`.
public struct FaceDetector: Sendable {
  /// The pixels between cells, level by level, in the order of the results.
  public static let strides = [8, 16, 32]
  /// The points of a face; left and right as the picture is seen.
  public static let pointNames = ["left eye", "right eye", "nose", "left mouth corner", "right mouth corner"]
  /// What sizes and points are measured in, as a multiple of the stride.
  public static let sizeUnit = 4

  private static let stages: [(outputs: Int, blocks: Int, kernel: Int)] = [
    (24, 1, 3), (40, 2, 5), (88, 2, 5), (128, 2, 5),
  ]
  private static let stemChannels = 8
  private static let pyramidChannels = 32

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
        network: "face detector", height: height, width: width, expected: "multiples of 32")
    }
    var builder = NetworkBuilder(name: "face detector", weights: weights)
    let image = builder.input("image", channels: 3, height: height, width: width)
    let levels = try Self.backbone(image, &builder)
    var above: ValueID?
    var results: [ValueID] = []
    for (index, level) in levels.enumerated().reversed() {
      var x = try builder.convolution(level, "laterals.\(index)", to: Self.pyramidChannels)
      if let above {
        x = try builder.add(x, builder.enlarge(above, "laterals.\(index).up"), "laterals.\(index).add")
      }
      x = try builder.activate(x, .relu, "laterals.\(index).relu")
      above = x
      let smooth = try builder.separable(x, "smooth.\(index)", to: Self.pyramidChannels)
      results.insert(
        try builder.convolution(smooth, "heads.\(index)", to: 5 + 2 * Self.pointNames.count), at: 0)
    }
    for (stride, result) in zip(Self.strides, results) {
      builder.output(result, named: "stride\(stride)")
    }
    graph = builder.graph
  }

  /// Adds the backbone and returns its levels at the heads' strides.
  private static func backbone(_ image: ValueID, _ builder: inout NetworkBuilder) throws -> [ValueID] {
    var x = try builder.convolution(
      image, "stem", to: stemChannels, kernel: 3, stride: 2, activation: .relu)
    var levels: [ValueID] = []
    for (index, stage) in stages.enumerated() {
      x = try builder.separable(x, "stages.\(index).0", to: stage.outputs, stride: 2)
      for block in 0..<stage.blocks {
        x = try builder.separableResidual(x, "stages.\(index).\(block + 1)", kernel: stage.kernel)
      }
      levels.append(x)
    }
    return Array(levels.dropFirst())
  }
}
