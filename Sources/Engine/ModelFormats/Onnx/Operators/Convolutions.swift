import Graphs
import Tensors

extension OnnxOperators {
  static let convolutions: [String: OnnxConverter] = [
    "Conv": convolution, "ConvTranspose": convolutionTranspose,
  ]

  private static func convolution(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws
    -> [OnnxOperand]
  {
    let image = try node.image()
    let weight = try weight(of: node)
    let window = try OnnxWindow(node, kernel: Array(weight.shape.dimensions[2...]))
    let operation = Convolution(
      strides: window.strides, dilations: window.dilations,
      padding: window.padding(of: Array(image.shape.dimensions[2...])), groups: try node.integer("group") ?? 1
    )
    return [try builder.apply(operation, image, weight, node.optionalOperand(2), for: node)]
  }

  private static func convolutionTranspose(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws
    -> [OnnxOperand]
  {
    let image = try node.image()
    let weight = try weight(of: node)
    let window = try OnnxWindow(node, kernel: Array(weight.shape.dimensions[2...]))
    var outputPadding = try node.integers("output_padding") ?? [0, 0]
    guard outputPadding.count == 2, outputPadding.allSatisfy({ (0...OnnxWindow.limit).contains($0) }) else {
      throw node.failure("output_padding is \(outputPadding), two numbers are needed")
    }
    let padding = try transposedPadding(
      node, window, size: Array(image.shape.dimensions[2...]), outputPadding: &outputPadding)
    let operation = ConvolutionTranspose(
      strides: window.strides, dilations: window.dilations, padding: padding, outputPadding: outputPadding,
      groups: try node.integer("group") ?? 1)
    return [try builder.apply(operation, image, weight, node.optionalOperand(2), for: node)]
  }

  /// Returns the padding of a transposed convolution, found from the output's size where the file gives that.
  ///
  /// A size beyond the reach of the kernels adds to the output's padding.
  private static func transposedPadding(
    _ node: OnnxNode, _ window: OnnxWindow, size: [Int], outputPadding: inout [Int]
  ) throws -> Padding {
    let given = try node.integers("output_shape")
    let outputSize: [Int]
    switch (given, window.automaticPadding) {
    case (let given?, _): outputSize = Array(given.suffix(2))
    case (nil, .given): return window.givenPadding
    case (nil, .none): return Padding()
    case (nil, _): outputSize = zip(size, window.strides).map { $0 * $1 }
    }
    guard outputSize.count == 2, outputSize.allSatisfy({ (1...(1 << 40)).contains($0) }) else {
      throw node.failure("output_shape is \(outputSize), height and width are needed")
    }
    let totals = (0..<2).map { axis -> Int in
      let taps = (window.kernel[axis] - 1) * window.dilations[axis] + 1
      return (size[axis] - 1) * window.strides[axis] + outputPadding[axis] + taps - outputSize[axis]
    }
    outputPadding = zip(outputPadding, totals).map { $0 - min($1, 0) }
    return window.padding(totals: totals.map { max($0, 0) }, moreAtEnd: window.automaticPadding == .sameUpper)
  }

  private static func weight(of node: OnnxNode) throws -> OnnxOperand {
    let weight = try node.operand(1)
    guard weight.shape.rank == 4,
      weight.shape.dimensions[2...].allSatisfy({ (1...OnnxWindow.limit).contains($0) })
    else { throw node.failure("the weight has shape \(weight.shape), four dimensions are supported") }
    return weight
  }
}
