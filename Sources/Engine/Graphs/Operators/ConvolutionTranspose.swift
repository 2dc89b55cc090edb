import Tensors

/// Transposed two-dimensional convolution (ONNX ConvTranspose, PyTorch `conv_transpose2d`): each pixel adds a
/// scaled kernel to the result.
///
/// Operands: x `[N, C, H, W]`; weight `[C, O / groups, kernel height, kernel width]`; bias `[O]`, optional.
/// Result: `[N, O, H', W']` with H' = (H - 1) stride + dilation (kernel - 1) + 1 - padding + output padding.
public struct ConvolutionTranspose: Operator, Hashable {
  public static let name = "ConvolutionTranspose"

  /// Pixels of the result between neighbouring pixels of the image: height, width.
  public var strides: [Int]
  /// Pixels between neighbouring taps of the kernel: height, width.
  public var dilations: [Int]
  /// Rows and columns cut off the result.
  public var padding: Padding
  /// Rows and columns added at the result's end, below the stride or dilation: height, width.
  public var outputPadding: [Int]
  /// Parts of equal size that channels are split into, each convolved on its own.
  public var groups: Int
  /// What follows the sum.
  public var activation: ActivationFunction

  /// Makes a transposed convolution.
  public init(
    strides: [Int] = [1, 1], dilations: [Int] = [1, 1], padding: Padding = Padding(),
    outputPadding: [Int] = [0, 0], groups: Int = 1, activation: ActivationFunction = .identity
  ) {
    self.strides = strides
    self.dilations = dilations
    self.padding = padding
    self.outputPadding = outputPadding
    self.groups = groups
    self.activation = activation
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 2...3)
    let image = try operands.image(0, "the image")
    let weight = try operands.floats(1, "the weight", rank: 4)
    try operands.pair("strides", strides)
    try operands.pair("dilations", dilations)
    try operands.pair("outputPadding", outputPadding, atLeast: 0)
    try operands.padding(padding)
    guard zip(outputPadding, zip(strides, dilations)).allSatisfy({ $0 < max($1.0, $1.1) }) else {
      throw operands.attributeError(
        "outputPadding", outputPadding, "less than the strides \(strides) or dilations \(dilations)")
    }
    guard groups >= 1, image[1] >= 1, image[1] % groups == 0 else {
      throw operands.attributeError("groups", groups, "a positive divisor of the \(image[1]) channels")
    }
    let kernelLimit = OperandTypes.attributeLimit
    guard weight[0] == image[1], weight[1] >= 1, (1...kernelLimit).contains(weight[2]),
      (1...kernelLimit).contains(weight[3])
    else {
      throw operands.shapeError(
        "the weight", weight, "\(image[1])x(output channels / groups)x(kernel height)x(kernel width)")
    }
    guard image[2] >= 1, image[3] >= 1 else {
      throw operands.shapeError("the image", image, "at least one pixel")
    }
    let channels = Cost.product(weight[1], groups)
    try operands.optional(2, "the bias", is: [channels])
    let sides = [padding.top + padding.bottom, padding.left + padding.right]
    let size = (0..<2).map { axis in
      (image[2 + axis] - 1) * strides[axis] + dilations[axis] * (weight[2 + axis] - 1) + 1 - sides[axis]
        + outputPadding[axis]
    }
    return [try operands.result([image[0], channels, size[0], size[1]])]
  }

  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    let weight = inputs[1]!.shape
    return Cost(
      multiplyAdds: Cost.product(inputs[0]!.shape.elementCount, weight[1], weight[2], weight[3]),
      bytes: Cost.traffic(inputs: inputs, outputs: outputs))
  }
}

extension ConvolutionTranspose {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let (imageShape, weightShape) = (inputs[0]!.shape, inputs[1]!.shape)
    let (image, weight) = (inputs[0]!.floats, inputs[1]!.floats)
    let bias = inputs.count > 2 ? inputs[2]?.floats : nil
    // The kernel's positions on the result are the image's pixels.
    let vertical = SlidingWindow(
      size: result[2], kernel: weightShape[2], stride: strides[0], dilation: dilations[0],
      before: padding.top, after: padding.bottom)
    let horizontal = SlidingWindow(
      size: result[3], kernel: weightShape[3], stride: strides[1], dilation: dilations[1],
      before: padding.left, after: padding.right)
    let (channelsOfGroup, outputsOfGroup) = (imageShape[1] / groups, weightShape[1])
    var output: [Float] = []
    output.reserveCapacity(result.elementCount)
    for batch in 0..<result[0] {
      for outputChannel in 0..<result[1] {
        var sums = [Double](
          repeating: bias.map { Double($0[outputChannel]) } ?? 0, count: result[2] * result[3])
        let group = outputChannel / outputsOfGroup
        for channel in group * channelsOfGroup..<(group + 1) * channelsOfGroup {
          let plane = batch * imageShape[1] + channel
          for verticalTap in 0..<weightShape[2] {
            for horizontalTap in 0..<weightShape[3] {
              let kernel = channel * outputsOfGroup + outputChannel % outputsOfGroup
              let factor = Double(
                weight[(kernel * weightShape[2] + verticalTap) * weightShape[3] + horizontalTap])
              let columns = horizontal.positions(onPixelsAt: horizontalTap, count: imageShape[3])
              for y in vertical.positions(onPixelsAt: verticalTap, count: imageShape[2]) {
                let row = vertical.pixel(position: y, tap: verticalTap) * result[3]
                for x in columns {
                  sums[row + horizontal.pixel(position: x, tap: horizontalTap)] +=
                    factor * Double(image[(plane * imageShape[2] + y) * imageShape[3] + x])
                }
              }
            }
          }
        }
        output += sums.map { activation(Float($0)) }
      }
    }
    return [Tensor(result, elements: output)]
  }
}
