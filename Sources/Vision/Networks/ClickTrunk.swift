import Graphs

/// Builds the graph that runs for every click; see `ClickNetwork`.
struct ClickTrunk {
  private static let channels4 = 32
  private static let channels2 = 16
  private static let heads = 6
  private static let transformerLayers = 2
  private static let qualityHidden = 64

  /// What is between two resolutions, on the way down and on the way up.
  private struct Level {
    var name: String
    var channels: Int
    var blocks: Int
    var expansion: Int
    var kernel: Int

    func block(stride: Int = 1) -> InvertedResidual {
      InvertedResidual(outputs: channels, expansion: expansion, kernel: kernel, stride: stride)
    }
  }

  private static let descent = [
    Level(name: "trunk.down8", channels: 64, blocks: 1, expansion: 2, kernel: 3),
    Level(name: "trunk.down16", channels: 112, blocks: 2, expansion: 3, kernel: 5),
    Level(name: "trunk.down32", channels: 192, blocks: 0, expansion: 1, kernel: 3),
  ]
  private static let ascent = [
    Level(name: "trunk.up16", channels: 112, blocks: 2, expansion: 3, kernel: 5),
    Level(name: "trunk.up8", channels: 64, blocks: 2, expansion: 2, kernel: 3),
    Level(name: "trunk.up4", channels: 32, blocks: 2, expansion: 2, kernel: 3),
  ]

  private var builder: NetworkBuilder

  /// The finished graph.
  var graph: Graph { builder.graph }

  init(_ weights: any WeightSource, height: Int, width: Int) throws {
    builder = NetworkBuilder(name: "click trunk", weights: weights)
    let pyramid = zip(ClickNetwork.pyramidNames, EfficientNetLite0.pyramidChannels).enumerated().map {
      builder.input(
        $1.0, channels: $1.1, height: height >> ($0 + 1), width: width >> ($0 + 1))
    }
    let prompts = builder.input(
      "prompts", channels: ClickNetwork.promptChannels, height: height, width: width)

    var skips = [try joined(prompts, pyramid[1])]
    for (level, features) in zip(Self.descent, pyramid[2...]) {
      skips.append(try descended(skips.last!, features, level))
    }
    var (x, deep) = try attended(skips.removeLast())
    for level in Self.ascent { x = try ascended(x, skips.removeLast(), level) }
    try addMasks(x, pyramid[0])
    try addQuality(deep: deep, fine: x)
  }

  /// Joins prompts and image at a quarter of the input's size.
  private mutating func joined(_ prompts: ValueID, _ features: ValueID) throws -> ValueID {
    let patches = try builder.convolution(
      prompts, "trunk.prompt", to: Self.channels4, kernel: 4, stride: 4, padding: Padding())
    let lateral = try builder.convolution(features, "trunk.lateral4", to: Self.channels4)
    let sum = try builder.activate(
      builder.add(patches, lateral, "trunk.join"), .relu, "trunk.join_relu")
    return try builder.invertedResidual(
      sum, "trunk.block4", InvertedResidual(outputs: Self.channels4, expansion: 2, kernel: 3))
  }

  /// Halves the size and adds the pyramid's level of that size.
  private mutating func descended(_ x: ValueID, _ features: ValueID, _ level: Level) throws -> ValueID {
    let down = try builder.invertedResidual(
      x, "\(level.name).down",
      InvertedResidual(outputs: level.channels, expansion: 3, kernel: 3, stride: 2))
    let lateral = try builder.convolution(features, "\(level.name).lateral", to: level.channels)
    return try blocks(builder.add(down, lateral, "\(level.name).add"), level)
  }

  /// Doubles the size and adds what was there on the way down.
  private mutating func ascended(_ x: ValueID, _ skip: ValueID, _ level: Level) throws -> ValueID {
    let reduced = try builder.convolution(x, "\(level.name).reduce", to: level.channels)
    let doubled = try builder.enlarge(reduced, "\(level.name).double")
    return try blocks(builder.add(doubled, skip, "\(level.name).add"), level)
  }

  private mutating func blocks(_ x: ValueID, _ level: Level) throws -> ValueID {
    try (0..<level.blocks).reduce(x) { x, index in
      try builder.invertedResidual(x, "\(level.name).blocks.\(index)", level.block())
    }
  }

  /// Lets all places of the smallest map attend to each other; returns the map and the mean of its places.
  private mutating func attended(_ map: ValueID) throws -> (map: ValueID, mean: ValueID) {
    let shape = builder.shape(of: map)
    let (channels, height, width) = (shape[1], shape[2], shape[3])
    let rows = try builder.apply(Transpose(permutation: [0, 2, 3, 1]), [map], "trunk.to_rows")
    var tokens = try builder.apply(Reshape(shape: [height * width, channels]), [rows], "trunk.tokens")
    for layer in 0..<Self.transformerLayers {
      tokens = try builder.transformerLayer(
        tokens, "trunk.transformer.\(layer)", TransformerLayer(heads: Self.heads, hidden: 2 * channels))
    }
    let mean = try builder.apply(Reduce(kind: .mean, axes: [0]), [tokens], "trunk.deep")
    let places = try builder.apply(Reshape(shape: [1, height, width, channels]), [tokens], "trunk.places")
    return (try builder.apply(Transpose(permutation: [0, 3, 1, 2]), [places], "trunk.to_map"), mean)
  }

  /// Adds the logits, at half the input's size.
  private mutating func addMasks(_ x: ValueID, _ features: ValueID) throws {
    let reduced = try builder.convolution(x, "trunk.reduce2", to: Self.channels2)
    let doubled = try builder.enlarge(reduced, "trunk.double2")
    let lateral = try builder.convolution(features, "trunk.lateral2", to: Self.channels2)
    var y = try builder.activate(
      builder.add(doubled, lateral, "trunk.add2"), .relu, "trunk.relu2")
    y = try builder.depthwiseConvolution(y, "trunk.depthwise2", kernel: 3, activation: .relu)
    y = try builder.convolution(y, "trunk.pointwise2", to: Self.channels2, activation: .relu)
    let logits = try builder.convolution(y, "trunk.mask", to: ClickNetwork.alternatives, kernel: 3)
    builder.output(logits, named: "logits")
  }

  /// Adds the estimates of the masks' intersection over union.
  private mutating func addQuality(deep: ValueID, fine map: ValueID) throws {
    let mean = try builder.apply(GlobalPool(kind: .average), [map], "trunk.fine")
    let fine = try builder.apply(Reshape(shape: [1, -1]), [mean], "trunk.fine_row")
    let joined = try builder.apply(Concatenation(axis: 1), [deep, fine], "trunk.quality_input")
    let hidden = try builder.linear(
      joined, "trunk.quality_hidden", to: Self.qualityHidden, activation: .relu)
    let quality = try builder.linear(
      hidden, "trunk.quality", to: ClickNetwork.alternatives, activation: .sigmoid)
    builder.output(quality, named: "quality")
  }
}
