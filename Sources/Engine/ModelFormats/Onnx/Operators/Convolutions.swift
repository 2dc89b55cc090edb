import Graphs
import Tensors

extension OnnxOperators {
  static let convolutions: [String: OnnxConverter] = [
    "Conv": { node, builder in
      [
        try convolution(
          node, &builder, node.spatialValue(), node.operand(1), bias: node.optionalOperand(2))
      ]
    },
    "ConvTranspose": convolutionTranspose,
    "DeformConv": { node, builder in
      let (image, weight) = (try node.spatialValue(), try node.operand(1))
      let window = try window(of: node, weight, on: image)
      let operation = DeformableConvolution(
        window: window.spatial(on: Array(image.shape.dimensions[2...])),
        groups: try node.integer("group") ?? 1, offsetGroups: try node.integer("offset_group") ?? 1)
      let operands = [image, weight, try node.operand(2), node.optionalOperand(3), node.optionalOperand(4)]
      return try builder.apply(operation, operands, for: node)
    },
    "Col2Im": { node, builder in
      guard let size = try node.constantIntegers(1, "the image's shape"),
        let kernel = try node.constantIntegers(2, "the block's shape"),
        !kernel.isEmpty, kernel.allSatisfy({ (1...OnnxWindow.limit).contains($0) })
      else { throw node.failure("the shapes of the image and of a block are missing or not valid") }
      let window = try OnnxWindow(node, kernel: kernel)
      let operation = ColumnsToImage(size: size, window: window.spatial(on: size))
      return [try builder.apply(operation, node.operand(0), for: node)]
    },
  ]

  /// Adds a convolution over any number of axes; one along a line is one in a plane of one row.
  static func convolution(
    _ node: OnnxNode, _ builder: inout OnnxGraphBuilder, _ value: OnnxOperand, _ weight: OnnxOperand,
    bias: OnnxOperand? = nil
  ) throws -> OnnxOperand {
    let window = try window(of: node, weight, on: value)
    var spatial = window.spatial(on: Array(value.shape.dimensions[2...]))
    let groups = try node.integer("group") ?? 1
    guard window.kernel.count <= 2 else {
      return try builder.apply(
        SpatialConvolution(window: spatial, groups: groups), value, weight, bias, for: node)
    }
    let isLine = window.kernel.count == 1
    if isLine { spatial = spatial.liftedToPlane }
    let operation = Convolution(
      strides: spatial.strides, dilations: spatial.dilations, padding: spatial.padding, groups: groups)
    let image = isLine ? try lift(value, node, &builder) : value
    let kernel = isLine ? try lift(weight, node, &builder) : weight
    let result = try builder.apply(operation, image, kernel, bias, for: node)
    return isLine ? try lower(result, node, &builder) : result
  }

  private static func convolutionTranspose(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws
    -> [OnnxOperand]
  {
    let (value, weight, bias) = (try node.spatialValue(), try node.operand(1), node.optionalOperand(2))
    let window = try window(of: node, weight, on: value)
    let rank = window.kernel.count
    var outputPadding = try node.integers("output_padding") ?? [Int](repeating: 0, count: rank)
    guard outputPadding.count == rank, outputPadding.allSatisfy({ (0...OnnxWindow.limit).contains($0) })
    else {
      throw node.failure("output_padding is \(outputPadding), \(rank) numbers are needed")
    }
    let padding = try transposedPadding(
      node, window, size: Array(value.shape.dimensions[2...]), outputPadding: &outputPadding)
    var spatial = SpatialWindow(
      kernel: window.kernel, strides: window.strides, dilations: window.dilations, before: padding.before,
      after: padding.after)
    let groups = try node.integer("group") ?? 1
    guard rank <= 2 else {
      return [
        try spreadConvolution(
          node, &builder, value, weight, bias, spatial, outputPadding: outputPadding, groups: groups)
      ]
    }
    let isLine = rank == 1
    if isLine {
      spatial = spatial.liftedToPlane
      outputPadding.insert(0, at: 0)
    }
    let operation = ConvolutionTranspose(
      strides: spatial.strides, dilations: spatial.dilations, padding: spatial.padding,
      outputPadding: outputPadding, groups: groups)
    let image = isLine ? try lift(value, node, &builder) : value
    let kernel = isLine ? try lift(weight, node, &builder) : weight
    let result = try builder.apply(operation, image, kernel, bias, for: node)
    return [isLine ? try lower(result, node, &builder) : result]
  }

  /// Adds a transposed convolution as the convolution, with the kernel turned round, of the value with zeros between its
  /// elements.
  private static func spreadConvolution(
    _ node: OnnxNode, _ builder: inout OnnxGraphBuilder, _ value: OnnxOperand, _ weight: OnnxOperand,
    _ bias: OnnxOperand?, _ window: SpatialWindow, outputPadding: [Int], groups: Int
  ) throws -> OnnxOperand {
    var value = value
    for (index, stride) in window.strides.enumerated() where stride > 1 {
      let axis = index + 2
      var dimensions = value.shape.dimensions
      dimensions.insert(1, at: axis + 1)
      value = try builder.reshape(value, dimensions, for: node)
      var after = [Int](repeating: 0, count: dimensions.count)
      after[axis + 1] = stride - 1
      value = try builder.apply(Pad(before: after.map { _ in 0 }, after: after), value, for: node)
      dimensions.remove(at: axis + 1)
      dimensions[axis] *= stride
      value = try builder.reshape(value, dimensions, for: node)
    }
    // The zeros behind the last element go, what the kernel reaches over both ends comes.
    var (before, after) = ([0, 0], [0, 0])
    for axis in window.kernel.indices {
      let reach = (window.kernel[axis] - 1) * window.dilations[axis]
      before.append(reach - window.before[axis])
      after.append(reach - window.after[axis] + outputPadding[axis] - (window.strides[axis] - 1))
    }
    value = try builder.apply(Pad(before: before, after: after), value, for: node)
    let kernel = window.kernel
    let backwards = Slice(
      starts: kernel.map { $0 - 1 }, ends: kernel.map { _ in .min }, axes: kernel.indices.map { $0 + 2 },
      steps: kernel.map { _ in -1 })
    var weight = try builder.apply(backwards, weight, for: node)
    let (channels, filters) = (weight.shape[0], weight.shape[1])
    guard groups >= 1, channels % groups == 0 else {
      throw node.failure("\(channels) channels in \(groups) groups")
    }
    weight = try builder.reshape(weight, [groups, channels / groups, filters] + kernel, for: node)
    let permutation = [0, 2, 1] + kernel.indices.map { $0 + 3 }
    weight = try builder.apply(Transpose(permutation: permutation), weight, for: node)
    weight = try builder.reshape(weight, [groups * filters, channels / groups] + kernel, for: node)
    let none = kernel.map { _ in 0 }
    let operation = SpatialConvolution(
      window: SpatialWindow(
        kernel: kernel, strides: kernel.map { _ in 1 }, dilations: window.dilations, before: none, after: none
      ),
      groups: groups)
    return try builder.apply(operation, value, weight, bias, for: node)
  }

  /// Returns the padding of a transposed convolution, found from the output's size where the file gives that.
  ///
  /// A size beyond the reach of the kernels adds to the output's padding.
  private static func transposedPadding(
    _ node: OnnxNode, _ window: OnnxWindow, size: [Int], outputPadding: inout [Int]
  ) throws -> (before: [Int], after: [Int]) {
    let given = try node.integers("output_shape")
    let rank = window.kernel.count
    let outputSize: [Int]
    switch (given, window.automaticPadding) {
    case (let given?, _): outputSize = Array(given.suffix(rank))
    case (nil, .given): return window.givenPadding
    case (nil, .none): return (window.kernel.map { _ in 0 }, window.kernel.map { _ in 0 })
    case (nil, _): outputSize = zip(size, window.strides).map { $0 * $1 }
    }
    guard outputSize.count == rank, outputSize.allSatisfy({ (1...(1 << 40)).contains($0) }) else {
      throw node.failure("output_shape is \(outputSize), the size of \(rank) axes is needed")
    }
    let totals = (0..<rank).map { axis -> Int in
      let taps = (window.kernel[axis] - 1) * window.dilations[axis] + 1
      return (size[axis] - 1) * window.strides[axis] + outputPadding[axis] + taps - outputSize[axis]
    }
    outputPadding = zip(outputPadding, totals).map { $0 - min($1, 0) }
    return window.padding(totals: totals.map { max($0, 0) }, moreAtEnd: window.automaticPadding == .sameUpper)
  }

  /// Returns the window whose kernel is the weight's.
  private static func window(of node: OnnxNode, _ weight: OnnxOperand, on value: OnnxOperand) throws
    -> OnnxWindow
  {
    guard weight.shape.rank == value.shape.rank,
      weight.shape.dimensions[2...].allSatisfy({ (1...OnnxWindow.limit).contains($0) })
    else { throw node.failure("the weight has shape \(weight.shape), the value \(value.shape)") }
    return try OnnxWindow(node, kernel: Array(weight.shape.dimensions[2...]))
  }

  /// Returns a value of one spatial axis as images of one row.
  private static func lift(_ value: OnnxOperand, _ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws
    -> OnnxOperand
  {
    let dimensions = value.shape.dimensions
    return try builder.reshape(value, [dimensions[0], dimensions[1], 1, dimensions[2]], for: node)
  }

  private static func lower(_ image: OnnxOperand, _ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws
    -> OnnxOperand
  {
    let dimensions = image.shape.dimensions
    return try builder.reshape(image, [dimensions[0], dimensions[1], dimensions[3]], for: node)
  }
}

extension SpatialWindow {
  /// The window along a line as one on images of one row.
  fileprivate var liftedToPlane: SpatialWindow {
    SpatialWindow(
      kernel: [1] + kernel, strides: [1] + strides, dilations: [1] + dilations, before: [0] + before,
      after: [0] + after)
  }
}
