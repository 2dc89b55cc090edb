import Graphs

/// SINet, a portrait segmentation network of 86,910 parameters (Park et al., "SINet: Extreme Lightweight Portrait
/// Segmentation Networks with Spatial Squeeze Module and Information Blocking Decoder", 2020), layer for layer as the
/// authors released it.
///
///     image [1, 3, H, W], blue, green, red, ((byte - mean) / deviation) / 255    -> logits [1, 2, H, W]
///
/// Mean 107.304565, 115.69884, 132.35703; deviation 63.97182, 65.1337, 68.29726. The second logit is the person's.
public struct SINet: Sendable {
  /// A branch of a module: it averages squares of `pooling` pixels away and back, around a depthwise convolution.
  private struct Branch {
    var kernel: Int
    var pooling = 1
  }

  private static let epsilon: Float = 1e-3
  private static let level2 = [
    [Branch(kernel: 3), Branch(kernel: 5)],
    [Branch(kernel: 3), Branch(kernel: 3)],
  ]
  private static let level3 = [
    [Branch(kernel: 3), Branch(kernel: 5)],
    [Branch(kernel: 3), Branch(kernel: 3)],
    [Branch(kernel: 5), Branch(kernel: 3, pooling: 2)],
    [Branch(kernel: 5, pooling: 2), Branch(kernel: 3, pooling: 4)],
    [Branch(kernel: 3), Branch(kernel: 3)],
    [Branch(kernel: 5), Branch(kernel: 5)],
    [Branch(kernel: 3, pooling: 2), Branch(kernel: 3, pooling: 4)],
    [Branch(kernel: 3), Branch(kernel: 5, pooling: 2)],
  ]

  /// The network.
  public var graph: Graph { builder.graph }

  private var builder: NetworkBuilder

  /// Builds the network for one input size.
  ///
  /// - Parameters:
  ///   - height: A positive multiple of 32.
  ///   - width: A positive multiple of 32.
  /// - Throws: `NetworkError`, and what the source of the weights throws.
  public init(weights: any WeightSource, height: Int = 224, width: Int = 224) throws {
    guard height > 0, width > 0, height % 32 == 0, width % 32 == 0 else {
      throw NetworkError.inputSize(
        network: "SINet", height: height, width: width, expected: "multiples of 32")
    }
    builder = NetworkBuilder(name: "SINet", weights: weights)
    let image = builder.input("image", channels: 3, height: height, width: width)
    let stem = try normalized(
      builder.convolution(image, "encoder.level1.conv", to: 12, kernel: 3, stride: 2, hasBias: false),
      "encoder.level1")
    let quarter = try level(squeezed(stem, "encoder.level2_0", to: 16, divisor: 1), "2", to: 48, Self.level2)
    let eighth = try level(
      squeezed(quarter.joined, "encoder.level3_0", to: 48, divisor: 2), "3", to: 96, Self.level3)
    let coarse = try builder.convolution(
      eighth.joined, "encoder.classifier.conv", to: 2, hasBias: false)
    try decode(coarse, quarter.modules)
  }

  /// Adds normalisation and rectifier, whose weights are `PATH.bn` and `PATH.act`.
  private mutating func normalized(_ x: ValueID, _ path: String) throws -> ValueID {
    try builder.parametricRelu(
      builder.batchNormalization(x, "\(path).bn", epsilon: Self.epsilon), "\(path).act")
  }

  /// Adds a separable convolution of stride 2 whose channels are weighed by what they hold on the whole picture.
  private mutating func squeezed(
    _ x: ValueID, _ path: String, to outputs: Int, divisor: Int
  ) throws -> ValueID {
    let depthwise = try builder.depthwiseConvolution(
      x, "\(path).conv.0", kernel: 3, stride: 2, hasBias: false)
    let channels = builder.shape(of: depthwise)[1]
    let pooled = try builder.apply(GlobalPool(kind: .average), [depthwise], "\(path).pool")
    var row = try builder.apply(Reshape(shape: [1, channels]), [pooled], "\(path).row")
    let widths = divisor > 1 ? [channels / divisor, channels] : [channels]
    for (index, width) in widths.enumerated() {
      row = try builder.linear(row, "\(path).conv.1.dense.\(2 * index)", to: width)
      row = try builder.parametricRelu(row, "\(path).conv.1.dense.\(2 * index + 1)")
    }
    let shares = try builder.apply(Reshape(shape: [1, channels, 1, 1]), [row], "\(path).shares")
    let weighed = try builder.apply(BinaryArithmetic(.multiply), [depthwise, shares], "\(path).weigh")
    return try normalized(
      builder.convolution(weighed, "\(path).conv.2", to: outputs, hasBias: false), path)
  }

  /// Adds the modules of one resolution; returns their result, alone and joined with what they were given.
  private mutating func level(
    _ x: ValueID, _ name: String, to channels: Int, _ modules: [[Branch]]
  ) throws -> (modules: ValueID, joined: ValueID) {
    var y = x
    for (index, branches) in modules.enumerated() {
      y = try module(
        y, "encoder.level\(name).\(index)", to: channels, branches, addsInput: index > 0)
    }
    let both = try builder.apply(Concatenation(axis: 1), [x, y], "encoder.join\(name)")
    return (y, try normalized(both, "encoder.BR\(name)"))
  }

  /// Adds a spatial squeeze module: half the channels through each of two branches.
  private mutating func module(
    _ x: ValueID, _ path: String, to channels: Int, _ branches: [Branch], addsInput: Bool
  ) throws -> ValueID {
    let part = channels / branches.count
    let reduced = try shuffled(
      builder.convolution(x, "\(path).c1.conv", to: part, groups: branches.count, hasBias: false), path,
      groups: branches.count)
    let parts = try branches.enumerated().map {
      try branch(reduced, "\(path).d\($0 + 1)", to: part, $1)
    }
    let joined = try builder.apply(Concatenation(axis: 1), parts, "\(path).join")
    return try normalized(addsInput ? builder.add(x, joined, "\(path).add") : joined, "\(path).BR")
  }

  /// Interleaves the channels of groups, so that the next grouped layer sees all of them.
  private mutating func shuffled(_ x: ValueID, _ path: String, groups: Int) throws -> ValueID {
    let shape = builder.shape(of: x)
    let parted = try builder.apply(
      Reshape(shape: [1, groups, shape[1] / groups, shape[2], shape[3]]), [x], "\(path).part")
    let turned = try builder.apply(Transpose(permutation: [0, 2, 1, 3, 4]), [parted], "\(path).shuffle")
    return try builder.apply(Reshape(shape: shape.dimensions), [turned], "\(path).unite")
  }

  private mutating func branch(_ x: ValueID, _ path: String, to channels: Int, _ branch: Branch) throws
    -> ValueID
  {
    var y = x
    let pooling = branch.pooling
    if pooling > 1 {
      let pool = AveragePool(kernel: [pooling, pooling], strides: [pooling, pooling])
      y = try builder.apply(pool, [y], "\(path).down_res")
    }
    y = try builder.depthwiseConvolution(y, "\(path).conv.0", kernel: branch.kernel, hasBias: false)
    y = try builder.batchNormalization(y, "\(path).conv.1", epsilon: Self.epsilon)
    y = try builder.parametricRelu(y, "\(path).act_conv1x1.0")
    y = try builder.convolution(y, "\(path).act_conv1x1.1", to: channels, hasBias: false)
    if pooling > 1 {
      y = try builder.enlarge(y, "\(path).up_res", by: pooling, coordinates: .alignCorners)
    }
    return try builder.batchNormalization(y, "\(path).bn", epsilon: Self.epsilon)
  }

  /// Adds the information blocking decoder: fine features count only where the coarse answer is unsure.
  private mutating func decode(_ coarse: ValueID, _ fine: ValueID) throws {
    let first = try builder.batchNormalization(
      builder.enlarge(coarse, "up3", coordinates: .alignCorners), "bn_3", epsilon: Self.epsilon)
    let shares = try builder.apply(Softmax(axis: 1), [first], "confidences")
    let confidence = try builder.apply(Reduce(kind: .maximum, axes: [1]), [shares], "confidence")
    let one = builder.constant("one", 1)
    let gate = try builder.apply(BinaryArithmetic(.subtract), [one, confidence], "gate")
    let details = try normalized(
      builder.convolution(fine, "level2_C.conv", to: 2, hasBias: false), "level2_C")
    let gated = try builder.apply(BinaryArithmetic(.multiply), [details, gate], "gated")
    let sum = try builder.add(gated, first, "blocked")
    let second = try builder.batchNormalization(
      builder.enlarge(sum, "up2", coordinates: .alignCorners), "bn_2", epsilon: Self.epsilon)
    let full = try builder.enlarge(second, "classifier.0", coordinates: .alignCorners)
    let logits = try builder.convolution(full, "classifier.1", to: 2, kernel: 3, hasBias: false)
    builder.output(logits, named: "logits")
  }
}
