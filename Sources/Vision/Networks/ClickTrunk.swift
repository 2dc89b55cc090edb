import Graphs

/// Builds the graph that runs for every click; see `ClickNetwork`.
struct ClickTrunk {
  private typealias Level = ClickNetworkConfiguration.Level

  private let configuration: ClickNetworkConfiguration
  private var builder: NetworkBuilder

  /// The finished graph.
  var graph: Graph { builder.graph }

  init(
    _ weights: any WeightSource, _ configuration: ClickNetworkConfiguration, height: Int, width: Int
  ) throws {
    self.configuration = configuration
    builder = NetworkBuilder(name: "click trunk", weights: weights)
    let pyramid = zip(ClickNetwork.pyramidNames, configuration.encoder.pyramidChannels).enumerated().map {
      builder.input(
        $1.0, channels: $1.1, height: height >> ($0 + 1), width: width >> ($0 + 1))
    }
    let prompts = builder.input(
      "prompts", channels: ClickNetwork.promptChannels, height: height, width: width)

    var skips = [try joined(prompts, pyramid[1])]
    for (index, level) in configuration.descent.enumerated() {
      skips.append(try descended(skips.last!, pyramid[2 + index], level, "trunk.down\(8 << index)"))
    }
    var (x, deep) = try attended(skips.removeLast())
    for (index, level) in configuration.ascent.enumerated() {
      x = try ascended(x, skips.removeLast(), level, "trunk.up\(16 >> index)")
    }
    try addMasks(x, pyramid[0])
    try addQuality(deep: deep, fine: x)
  }

  /// Joins prompts and image at a quarter of the input's size.
  private mutating func joined(_ prompts: ValueID, _ features: ValueID) throws -> ValueID {
    let patches = try builder.convolution(
      prompts, "trunk.prompt", to: configuration.channels4, kernel: 4, stride: 4, padding: Padding())
    let lateral = try builder.convolution(features, "trunk.lateral4", to: configuration.channels4)
    let sum = try builder.activate(
      builder.add(patches, lateral, "trunk.join"), .relu, "trunk.join_relu")
    return try builder.invertedResidual(
      sum, "trunk.block4", InvertedResidual(outputs: configuration.channels4, expansion: 2, kernel: 3))
  }

  /// Halves the size and adds the pyramid's level of that size.
  private mutating func descended(_ x: ValueID, _ features: ValueID, _ level: Level, _ path: String) throws
    -> ValueID
  {
    let down = try builder.invertedResidual(
      x, "\(path).down",
      InvertedResidual(outputs: level.channels, expansion: configuration.downExpansion, kernel: 3, stride: 2))
    let lateral = try builder.convolution(features, "\(path).lateral", to: level.channels)
    return try blocks(builder.add(down, lateral, "\(path).add"), level, path)
  }

  /// Doubles the size and adds what was there on the way down.
  private mutating func ascended(_ x: ValueID, _ skip: ValueID, _ level: Level, _ path: String) throws
    -> ValueID
  {
    let reduced = try builder.convolution(x, "\(path).reduce", to: level.channels)
    let doubled = try builder.enlarge(reduced, "\(path).double")
    return try blocks(builder.add(doubled, skip, "\(path).add"), level, path)
  }

  private mutating func blocks(_ x: ValueID, _ level: Level, _ path: String) throws -> ValueID {
    try (0..<level.blocks).reduce(x) { x, index in
      try builder.invertedResidual(x, "\(path).blocks.\(index)", level.block())
    }
  }

  /// Lets all places of the smallest map attend to each other; returns the map and the mean of its places.
  private mutating func attended(_ map: ValueID) throws -> (map: ValueID, mean: ValueID) {
    let shape = builder.shape(of: map)
    let (channels, height, width) = (shape[1], shape[2], shape[3])
    let rows = try builder.apply(Transpose(permutation: [0, 2, 3, 1]), [map], "trunk.to_rows")
    var tokens = try builder.apply(Reshape(shape: [height * width, channels]), [rows], "trunk.tokens")
    for layer in 0..<configuration.transformerLayers {
      tokens = try builder.transformerLayer(
        tokens, "trunk.transformer.\(layer)",
        TransformerLayer(heads: configuration.heads, hidden: 2 * channels))
    }
    let mean = try builder.apply(Reduce(kind: .mean, axes: [0]), [tokens], "trunk.deep")
    let places = try builder.apply(Reshape(shape: [1, height, width, channels]), [tokens], "trunk.places")
    return (try builder.apply(Transpose(permutation: [0, 3, 1, 2]), [places], "trunk.to_map"), mean)
  }

  /// Adds the logits, at half the input's size.
  private mutating func addMasks(_ x: ValueID, _ features: ValueID) throws {
    let reduced = try builder.convolution(x, "trunk.reduce2", to: configuration.channels2)
    let doubled = try builder.enlarge(reduced, "trunk.double2")
    let lateral = try builder.convolution(features, "trunk.lateral2", to: configuration.channels2)
    var y = try builder.activate(
      builder.add(doubled, lateral, "trunk.add2"), .relu, "trunk.relu2")
    y = try builder.depthwiseConvolution(y, "trunk.depthwise2", kernel: 3, activation: .relu)
    y = try builder.convolution(y, "trunk.pointwise2", to: configuration.channels2, activation: .relu)
    let logits = try builder.convolution(y, "trunk.mask", to: ClickNetwork.alternatives, kernel: 3)
    builder.output(logits, named: "logits")
  }

  /// Adds the estimates of the masks' intersection over union.
  private mutating func addQuality(deep: ValueID, fine map: ValueID) throws {
    let mean = try builder.apply(GlobalPool(kind: .average), [map], "trunk.fine")
    let fine = try builder.apply(Reshape(shape: [1, -1]), [mean], "trunk.fine_row")
    let joined = try builder.apply(Concatenation(axis: 1), [deep, fine], "trunk.quality_input")
    let hidden = try builder.linear(
      joined, "trunk.quality_hidden", to: configuration.qualityHidden, activation: .relu)
    let quality = try builder.linear(
      hidden, "trunk.quality", to: ClickNetwork.alternatives, activation: .sigmoid)
    builder.output(quality, named: "quality")
  }
}
