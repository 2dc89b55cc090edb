import Graphs
import Tensors

extension TFLiteOperators {
  static let convolutions: [TFLiteBuiltin] = [
    .init(3, "CONV_2D") { node, builder in
      let window = TFLiteWindow(
        strides: [try node.integer(2), try node.integer(1)],
        dilations: [try node.integer(5), try node.integer(4)], isSame: try node.choice(0) == 0)
      let weight = try builder.apply(Transpose(permutation: [0, 3, 1, 2]), [node.operand(1)], for: node)[0]
      return try convolve(
        node, &builder, window, weight, groups: { $0 / max(weight.shape[1], 1) }, activation: 3)
    },
    .init(4, "DEPTHWISE_CONV_2D") { node, builder in
      let window = TFLiteWindow(
        strides: [try node.integer(2), try node.integer(1)],
        dilations: [try node.integer(6), try node.integer(5)], isSame: try node.choice(0) == 0)
      let weight = try builder.apply(Transpose(permutation: [3, 0, 1, 2]), [node.operand(1)], for: node)[0]
      return try convolve(node, &builder, window, weight, groups: { $0 }, activation: 4)
    },
    .init(67, "TRANSPOSE_CONV") { node, builder in
      try transposedConvolution(
        node, &builder, image: node.operand(2), weight: node.operand(1), bias: node.optionalOperand(3),
        size: node.integers(0, "the output's shape"), strides: [node.integer(2), node.integer(1)],
        activation: node.activation(3))
    },
    .init(9, "FULLY_CONNECTED") { node, builder in
      let (value, weight) = (try node.operand(0), try node.operand(1))
      guard weight.shape.rank == 2, weight.shape[1] > 0 else {
        throw node.failure("the weight has shape \(weight.shape), two dimensions are needed")
      }
      let rows = try builder.apply(
        Reshape(shape: [value.shape.elementCount / weight.shape[1], weight.shape[1]]), [value], for: node)[0]
      let operands: [TFLiteOperand?] = [rows, weight, node.optionalOperand(2)]
      let product = try builder.apply(Linear(transposesRight: true), operands, for: node)
      let result = try builder.activate(product, node.activation(0), for: node)[0]
      // With `keep_num_dims` only the last axis changes.
      guard try node.flag(2) else { return [result] }
      let shape = Array(value.shape.dimensions.dropLast()) + [weight.shape[0]]
      return try builder.apply(Reshape(shape: shape), [result], for: node)
    },
  ]

  /// Operators of MediaPipe's own.
  static let custom: [String: TFLiteConverter] = [
    "Convolution2DTransposeBias": { node, builder in
      let (image, weight) = (try node.operand(0), try node.operand(1))
      guard image.shape.rank == 4, weight.shape.rank == 4 else {
        throw node.failure("its operands are no images")
      }
      // Padding (1: at both sides alike), stride along width and along height.
      let strides = [try node.customInteger(2), try node.customInteger(1)]
      guard strides.allSatisfy({ (1...OnnxWindow.limit).contains($0) }) else {
        throw node.failure("strides are \(strides)")
      }
      let isSame = try node.customInteger(0) == 1
      let size = (0..<2).map { axis in
        isSame
          ? image.shape[axis + 1] * strides[axis]
          : (image.shape[axis + 1] - 1) * strides[axis] + weight.shape[axis + 1]
      }
      return try transposedConvolution(
        node, &builder, image: image, weight: weight, bias: node.optionalOperand(2),
        size: [image.shape[0], size[0], size[1], weight.shape[0]], strides: strides, activation: .identity)
    },
    "MaxPoolingWithArgmax2D": { node, builder in
      // Padding (1: at both sides alike), stride along width and height, the window's width and height.
      let window = TFLiteWindow(
        strides: [try node.customInteger(2), try node.customInteger(1)], dilations: [1, 1],
        isSame: try node.customInteger(0) == 1)
      let kernel = [try node.customInteger(4), try node.customInteger(3)]
      let image = try builder.image(node.operand(0), for: node)
      let padding = try window.padding(of: builder.graph[image].type.shape, kernel: kernel, node)
      let spatial = SpatialWindow(
        kernel: kernel, strides: window.strides, dilations: [1, 1], before: [padding.top, padding.left],
        after: [padding.bottom, padding.right])
      let operation = SpatialPool(.maximumWithIndices(isColumnMajor: false), window: spatial)
      return try builder.applyToImages(operation, [image], for: node)
    },
    "MaxUnpooling2D": { node, builder in
      let shape = try node.outputShape()
      guard shape.rank == 4 else { throw node.failure("its result of shape \(shape) is no image") }
      let operands = [
        try builder.image(node.operand(0), for: node), try builder.image(node.operand(1), for: node),
      ]
      let operation = Unpool(shape: TFLiteGraphBuilder.imageAxes.map { shape[$0] })
      return try builder.applyToImages(operation, operands, for: node)
    },
  ]

  private static func convolve(
    _ node: TFLiteNode, _ builder: inout TFLiteGraphBuilder, _ window: TFLiteWindow, _ weight: TFLiteOperand,
    groups: (Int) -> Int, activation: Int
  ) throws -> [TFLiteOperand] {
    let image = try builder.image(node.operand(0), for: node)
    let shape = builder.graph[image].type.shape
    guard weight.shape.rank == 4, weight.shape[1] > 0 else { throw node.failure("the weight is no image's") }
    let operation = Convolution(
      strides: window.strides, dilations: window.dilations.map { max($0, 1) },
      padding: try window.padding(of: shape, kernel: Array(weight.shape.dimensions[2...]), node),
      groups: groups(shape[1]) == shape[1] && weight.shape[1] == 1 ? shape[1] : shape[1] / weight.shape[1])
    let bias = try node.optionalOperand(2).map { try builder.value($0, name: node.name) }
    let kernel = try builder.value(weight, name: node.name)
    let result = try builder.applyToImages(operation, [image, kernel, bias], for: node)
    return try builder.activate(result, node.activation(activation), for: node)
  }

  /// Adds a transposed convolution whose result has the shape `size`, channels last.
  private static func transposedConvolution(
    _ node: TFLiteNode, _ builder: inout TFLiteGraphBuilder, image: TFLiteOperand, weight: TFLiteOperand,
    bias: TFLiteOperand?, size: [Int], strides: [Int], activation: ActivationFunction
  ) throws -> [TFLiteOperand] {
    guard image.shape.rank == 4, weight.shape.rank == 4, size.count == 4,
      (strides + size[1...2]).allSatisfy({ (1...OnnxWindow.limit).contains($0) })
    else { throw node.failure("its operands, strides \(strides) and size \(size) do not fit each other") }
    let totals = (0..<2).map { (image.shape[$0 + 1] - 1) * strides[$0] + weight.shape[$0 + 1] - size[$0 + 1] }
    let before = totals.map { max($0, 0) / 2 }
    let after = zip(totals, before).map { max($0, 0) - $1 }
    let operation = ConvolutionTranspose(
      strides: strides, padding: Padding(top: before[0], left: before[1], bottom: after[0], right: after[1]),
      outputPadding: totals.map { max(-$0, 0) })
    // The file has the results' channels first and the image's last.
    let kernel = try builder.apply(Transpose(permutation: [3, 0, 1, 2]), [weight], for: node)[0]
    let operands: [ValueID?] = [
      try builder.image(image, for: node), try builder.value(kernel, name: node.name),
      try bias.map { try builder.value($0, name: node.name) },
    ]
    return try builder.activate(builder.applyToImages(operation, operands, for: node), activation, for: node)
  }
}

/// The attributes that convolutions and poolings share.
struct TFLiteWindow {
  /// Pixels between neighbouring positions: height, width.
  var strides: [Int]
  /// Pixels between neighbouring taps: height, width.
  var dilations: [Int]
  /// Whether the result has a position for every stride, not only for whole windows.
  var isSame: Bool

  /// Returns the padding of an image `[N, C, H, W]` under a kernel of height and width.
  func padding(of shape: Shape, kernel: [Int], _ node: TFLiteNode) throws(ModelFormatError) -> Padding {
    guard (strides + kernel).allSatisfy({ (1...OnnxWindow.limit).contains($0) }),
      dilations.allSatisfy({ (0...OnnxWindow.limit).contains($0) })
    else { throw node.failure("strides \(strides), dilations \(dilations) or a kernel of \(kernel)") }
    guard isSame else { return Padding() }
    let totals = (0..<2).map { axis in
      let positions = (shape[axis + 2] + strides[axis] - 1) / strides[axis]
      let extent = (kernel[axis] - 1) * max(dilations[axis], 1) + 1
      return max((positions - 1) * strides[axis] + extent - shape[axis + 2], 0)
    }
    return Padding(
      top: totals[0] / 2, left: totals[1] / 2, bottom: totals[0] - totals[0] / 2,
      right: totals[1] - totals[1] / 2)
  }
}
