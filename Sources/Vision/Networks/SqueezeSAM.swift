import Graphs
import Tensors

/// SqueezeSAM, the click network of Varadarajan et al. ("SqueezeSAM: User Friendly Mobile Interactive Segmentation",
/// 2023), layer for layer as its authors released it: 10,159,260 parameters. They published no weights.
///
///     image [1, 5, H, W]    -> logits [1, 3, H/2, W/2], quality [1, 3]
///
/// The channels are red, green and blue, ImageNet normalised; the box, ones everywhere without one; and the disks of
/// positive clicks. A U-Net runs from 1/2 to 1/256, where learnt tokens attend to the picture; each token becomes the
/// weights of a mask over the U-Net's last features. BatchNorm follows ReLU everywhere, so it folds into no
/// convolution of its own.
public struct SqueezeSAM: Sendable {
  /// Features of the U-Net's levels, from 1/2 on.
  private static let widths = [64, 128, 128, 128, 128, 164, 256, 256]
  private static let maskTokens = 4
  private static let epsilon: Float = 1e-5
  private static let transformer = "get_iou_predictions_and_mask_tokens"

  /// The network.
  public var graph: Graph { builder.graph }

  private var builder: NetworkBuilder

  /// Builds the network for one input size; the release uses 512 x 512.
  ///
  /// - Parameters:
  ///   - height: A positive multiple of 256.
  ///   - width: A positive multiple of 256.
  /// - Throws: `NetworkError`, and what the source of the weights throws.
  public init(weights: any WeightSource, height: Int = 512, width: Int = 512) throws {
    guard height > 0, width > 0, height % 256 == 0, width % 256 == 0 else {
      throw NetworkError.inputSize(
        network: "SqueezeSAM", height: height, width: width, expected: "multiples of 256")
    }
    builder = NetworkBuilder(name: "SqueezeSAM", weights: weights)
    let image = builder.input("image", channels: 5, height: height, width: width)
    var levels = try encoded(patches(of: image))
    let (tokens, deepest) = try attended(levels.removeLast())
    var x = deepest
    for (index, skip) in levels.reversed().enumerated() {
      x = try enlarged(x, skip, "unet_decoder.unet_upscaling_layers.\(index)")
    }
    try addMasks(x, tokens)
    try addQuality(tokens)
  }

  // MARK: U-Net

  /// Adds the convolution that halves the size, normalised over the whole picture (GroupNorm of one group).
  private mutating func patches(of image: ValueID) throws -> ValueID {
    let path = "patch_embed.proj"
    let patches = try builder.convolution(
      image, "\(path).0", to: Self.widths[0], kernel: 2, stride: 2, padding: Padding())
    let parameters = try ["weight", "bias"].map {
      try builder.addWeight("\(path).1.\($0)", [Self.widths[0]]) { try $0.reshaped([$0.shape[0], 1, 1]) }
    }
    return try builder.apply(
      LayerNormalization(axis: 1, epsilon: Self.epsilon), [patches] + parameters, "\(path).1")
  }

  /// Adds the way down; returns every level.
  private mutating func encoded(_ patches: ValueID) throws -> [ValueID] {
    var levels: [ValueID] = []
    for (index, width) in Self.widths.enumerated() {
      let path = "unet_encoder.down_layers.\(index)"
      if let above = levels.last {
        let pooled = try builder.apply(
          MaxPool(kernel: [2, 2], strides: [2, 2]), [above], "\(path).maxpool_conv.0")
        levels.append(try doubleConvolution(pooled, "\(path).maxpool_conv.1", to: width))
      } else {
        levels.append(try doubleConvolution(patches, path, to: width))
      }
    }
    return levels
  }

  /// Adds twice a convolution, a rectifier and a normalisation, in this order.
  private mutating func doubleConvolution(_ x: ValueID, _ path: String, to outputs: Int) throws -> ValueID {
    try (0..<2).reduce(x) { x, index in
      let layer = "\(path).double_conv.\(index)"
      let convolved = try builder.convolution(
        x, "\(layer).conv.0", to: outputs, kernel: 3, activation: .relu)
      return try builder.batchNormalization(convolved, "\(layer).norm", epsilon: Self.epsilon)
    }
  }

  /// Adds one level of the way up: twice the size with half the features, joined with the level there.
  private mutating func enlarged(_ x: ValueID, _ skip: ValueID, _ path: String) throws -> ValueID {
    let shape = builder.shape(of: x)
    let (half, height, width) = (shape[1] / 2, shape[2], shape[3])
    let linear = "\(path).up.upsampler_linear.0"
    let weight = try builder.addWeight("\(linear).weight", [4 * half, shape[1]]) {
      try $0.reshaped([4 * half, shape[1], 1, 1])
    }
    let bias = try builder.addWeight("\(linear).bias", [4 * half])
    let spread = try builder.batchNormalization(
      builder.apply(Convolution(strides: [1, 1], activation: .relu), [x, weight, bias], linear),
      "\(path).up.norm", epsilon: Self.epsilon)
    // A channel's four values are the four pixels that its place becomes.
    let parted = try builder.apply(
      Reshape(shape: [1, half, 2, 2, height, width]), [spread], "\(path).up.part")
    let woven = try builder.apply(
      Transpose(permutation: [0, 1, 4, 2, 5, 3]), [parted], "\(path).up.weave")
    let up = try builder.apply(
      Reshape(shape: [1, half, 2 * height, 2 * width]), [woven], "\(path).up.pixels")
    let joined = try builder.apply(Concatenation(axis: 1), [skip, up], "\(path).join")
    return try doubleConvolution(joined, "\(path).conv", to: builder.shape(of: skip)[1])
  }

  // MARK: Tokens

  /// Adds the two-way transformer between the learnt tokens and the deepest level; returns both as they leave it.
  private mutating func attended(_ map: ValueID) throws -> (tokens: ValueID, map: ValueID) {
    let path = Self.transformer
    let shape = builder.shape(of: map)
    let (channels, height, width) = (shape[1], shape[2], shape[3])
    let rows = try builder.apply(Transpose(permutation: [0, 2, 3, 1]), [map], "\(path).to_rows")
    var places = try builder.apply(
      Reshape(shape: [height * width, channels]), [rows], "\(path).places")
    // The third part stands where the release once meant to put prompts.
    let learnt = [
      try builder.addWeight("\(path).iou_token.weight", [1, channels]),
      try builder.addWeight("\(path).mask_tokens.weight", [Self.maskTokens, channels]),
      builder.constant("\(path).no_prompt", Tensor([1, channels], repeating: Float(0))),
    ]
    let positions = try builder.apply(Concatenation(axis: 0), learnt, "\(path).tokens")
    var tokens = positions
    for index in 0..<2 {
      (tokens, places) = try twoWayLayer(
        tokens, places, positions, "\(path).transformer.layers.\(index)", isFirst: index == 0)
    }
    let last = "\(path).transformer"
    let looked = try attention(
      "\(last).final_attn_token_to_image", from: builder.add(tokens, positions, "\(last).final_positions"),
      to: places, values: places)
    tokens = try builder.layerNormalization(
      builder.add(tokens, looked, "\(last).final_add"), "\(last).norm_final_attn")
    let back = try builder.apply(
      Reshape(shape: [1, height, width, channels]), [places], "\(path).from_rows")
    return (
      tokens, try builder.apply(Transpose(permutation: [0, 3, 1, 2]), [back], "\(path).to_map")
    )
  }

  /// Adds attention among tokens, of tokens to places, a perceptron, and attention of places to tokens.
  private mutating func twoWayLayer(
    _ tokens: ValueID, _ places: ValueID, _ positions: ValueID, _ path: String, isFirst: Bool
  ) throws -> (tokens: ValueID, places: ValueID) {
    let own = isFirst ? tokens : try builder.add(tokens, positions, "\(path).positions1")
    var x = try normalizedSum(
      own, attention("\(path).self_attn", from: own, to: own, values: own, widthDivisor: 1), "\(path).norm1")
    let looking = try builder.add(x, positions, "\(path).positions2")
    x = try normalizedSum(
      x, attention("\(path).cross_attn_token_to_image", from: looking, to: places, values: places),
      "\(path).norm2")
    let hidden = try builder.linear(
      x, "\(path).mlp.layers.0.0", to: builder.shape(of: x)[1], activation: .relu)
    x = try normalizedSum(
      x, builder.linear(hidden, "\(path).mlp.fc", to: builder.shape(of: x)[1]), "\(path).norm3")
    let seen = try builder.add(x, positions, "\(path).positions3")
    let updated = try normalizedSum(
      places, attention("\(path).cross_attn_image_to_token", from: places, to: seen, values: x),
      "\(path).norm4")
    return (x, updated)
  }

  private mutating func normalizedSum(_ x: ValueID, _ y: ValueID, _ path: String) throws -> ValueID {
    try builder.layerNormalization(builder.add(x, y, "\(path).add"), path)
  }

  /// Adds attention of eight heads, `PATH.q_proj`, `.k_proj`, `.v_proj` and `.out_proj`, over rows of tokens.
  private mutating func attention(
    _ path: String, from queries: ValueID, to keys: ValueID, values: ValueID, widthDivisor: Int = 2
  ) throws -> ValueID {
    let heads = 8
    let channels = builder.shape(of: queries)[1]
    let count = builder.shape(of: queries)[0]
    let inner = channels / widthDivisor
    func headed(_ x: ValueID, _ part: String, _ permutation: [Int], _ builder: inout NetworkBuilder) throws
      -> ValueID
    {
      let projected = try builder.linear(x, "\(path).\(part)_proj", to: inner)
      let split = try builder.apply(
        Reshape(shape: [builder.shape(of: x)[0], heads, inner / heads]), [projected], "\(path).\(part)_part")
      return try builder.apply(Transpose(permutation: permutation), [split], "\(path).\(part)_heads")
    }
    let q = try headed(queries, "q", [1, 0, 2], &builder)
    let k = try headed(keys, "k", [1, 2, 0], &builder)
    let v = try headed(values, "v", [1, 0, 2], &builder)
    let scale = builder.constant("\(path).scale", 1 / Float(inner / heads).squareRoot())
    let scores = try builder.apply(MatrixProduct(), [q, k], "\(path).scores")
    let scaled = try builder.apply(BinaryArithmetic(.multiply), [scores, scale], "\(path).scaled")
    let shares = try builder.apply(Softmax(axis: -1), [scaled], "\(path).softmax")
    let mixed = try builder.apply(MatrixProduct(), [shares, v], "\(path).mix")
    let rows = try builder.apply(Transpose(permutation: [1, 0, 2]), [mixed], "\(path).rows")
    let joined = try builder.apply(Reshape(shape: [count, inner]), [rows], "\(path).join")
    return try builder.linear(joined, "\(path).out_proj", to: channels)
  }

  // MARK: Results

  /// Adds the logits: each mask token's perceptron gives the weights of the last features. The first is left out, as
  /// the release does.
  private mutating func addMasks(_ features: ValueID, _ tokens: ValueID) throws {
    let shape = builder.shape(of: features)
    let (channels, height, width) = (shape[1], shape[2], shape[3])
    let rows = try (0..<Self.maskTokens).map { index in
      let token = try row(index + 1, of: tokens)
      return try perceptron(
        token, "mask_decoder.output_hypernetworks_mlps.\(index)", to: channels)
    }
    let weights = try builder.apply(Concatenation(axis: 0), rows, "mask_decoder.weights")
    let places = try builder.apply(
      Reshape(shape: [channels, height * width]), [features], "mask_decoder.places")
    let masks = try builder.apply(MatrixProduct(), [weights, places], "mask_decoder.masks")
    let pictures = try builder.apply(
      Reshape(shape: [1, Self.maskTokens, height, width]), [masks], "mask_decoder.pictures")
    builder.output(try withoutFirst(pictures, "logits"), named: "logits")
  }

  private mutating func addQuality(_ tokens: ValueID) throws {
    let scores = try perceptron(
      row(0, of: tokens), "mask_decoder.iou_prediction_head", to: Self.maskTokens)
    builder.output(try withoutFirst(scores, "quality"), named: "quality")
  }

  private mutating func row(_ index: Int, of tokens: ValueID) throws -> ValueID {
    try builder.apply(Slice(starts: [index], ends: [index + 1], axes: [0]), [tokens], "token\(index)")
  }

  private mutating func withoutFirst(_ x: ValueID, _ name: String) throws -> ValueID {
    try builder.apply(Slice(starts: [1], ends: [Self.maskTokens], axes: [1]), [x], "\(name)_kept")
  }

  /// Adds a perceptron of two hidden layers.
  private mutating func perceptron(_ x: ValueID, _ path: String, to outputs: Int) throws -> ValueID {
    let channels = builder.shape(of: x)[1]
    let hidden = try (0..<2).reduce(x) {
      try builder.linear($0, "\(path).layers.\($1).0", to: channels, activation: .relu)
    }
    return try builder.linear(hidden, "\(path).fc", to: outputs)
  }
}
