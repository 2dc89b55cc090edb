import Tensors

/// Two-dimensional convolution (cross-correlation, as ONNX Conv and PyTorch `conv2d`) with what the compiler
/// fuses into it: y = activation(conv(x) + bias + residual).
///
/// Operands: x `[N, C, H, W]`; weight `[O, C / groups, kernel height, kernel width]`; bias `[O]`, optional;
/// slope `[O]`, optional, a PReLU in place of the activation; residual of the result's shape, optional.
/// Result: `[N, O, H', W']`.
public struct Convolution: Operator, Hashable {
  public static let name = "Convolution"

  /// Pixels between neighbouring positions of the kernel: height, width.
  public var strides: [Int]
  /// Pixels between neighbouring taps of the kernel: height, width.
  public var dilations: [Int]
  /// Zeros around the image.
  public var padding: Padding
  /// Parts of equal size that channels are split into, each convolved on its own.
  public var groups: Int
  /// What follows the sum; identity when a slope is given.
  public var activation: ActivationFunction

  /// Makes a convolution.
  public init(
    strides: [Int] = [1, 1], dilations: [Int] = [1, 1], padding: Padding = Padding(), groups: Int = 1,
    activation: ActivationFunction = .identity
  ) {
    self.strides = strides
    self.dilations = dilations
    self.padding = padding
    self.groups = groups
    self.activation = activation
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 2...5)
    let image = try operands.image(0, "the image")
    let weight = try operands.floats(1, "the weight", rank: 4)
    try operands.pair("strides", strides)
    try operands.pair("dilations", dilations)
    try operands.padding(padding)
    guard groups >= 1, weight[0] >= 1, weight[0] % groups == 0 else {
      throw operands.attributeError(
        "groups", groups, "a positive divisor of the \(weight[0]) output channels")
    }
    let kernelLimit = OperandTypes.attributeLimit
    guard weight[1] >= 1, image[1] % groups == 0, image[1] / groups == weight[1],
      (1...kernelLimit).contains(weight[2]), (1...kernelLimit).contains(weight[3])
    else {
      throw operands.shapeError(
        "the weight", weight,
        "\(weight[0])x(\(image[1]) channels / \(groups) groups)x(kernel height)x(kernel width)")
    }
    let windows = windows(image: image, weight: weight)
    guard let height = windows.vertical.outputSize(), let width = windows.horizontal.outputSize() else {
      throw operands.shapeError(
        "the image", image,
        "at least the dilated kernel's \(windows.vertical.extent)x\(windows.horizontal.extent) with padding")
    }
    let result = try operands.result([image[0], weight[0], height, width])
    try operands.optional(2, "the bias", is: [weight[0]])
    try operands.optional(3, "the slope", is: [weight[0]])
    try operands.optional(4, "the residual", is: result.shape)
    guard !operands.has(3) || activation == .identity else {
      throw operands.attributeError("activation", activation, "identity beside a slope")
    }
    return [result]
  }

  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    let weight = inputs[1]!.shape
    return Cost(
      multiplyAdds: Cost.product(outputs[0].shape.elementCount, weight[1], weight[2], weight[3]),
      bytes: Cost.traffic(inputs: inputs, outputs: outputs))
  }

  private func windows(image: Shape, weight: Shape) -> (vertical: SlidingWindow, horizontal: SlidingWindow) {
    (
      SlidingWindow(
        size: image[2], kernel: weight[2], stride: strides[0], dilation: dilations[0],
        before: padding.top, after: padding.bottom),
      SlidingWindow(
        size: image[3], kernel: weight[3], stride: strides[1], dilation: dilations[1],
        before: padding.left, after: padding.right)
    )
  }
}

extension Convolution {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let (imageShape, weightShape) = (inputs[0]!.shape, inputs[1]!.shape)
    let (image, weight) = (inputs[0]!.floats, inputs[1]!.floats)
    let (bias, slope, residual) = (floats(inputs, 2), floats(inputs, 3), floats(inputs, 4))
    let (vertical, horizontal) = windows(image: imageShape, weight: weightShape)
    let (height, width) = (result[2], result[3])
    let channels = weightShape[1]
    var output: [Float] = []
    output.reserveCapacity(result.elementCount)
    for batch in 0..<result[0] {
      for outputChannel in 0..<result[1] {
        var sums = [Double](repeating: bias.map { Double($0[outputChannel]) } ?? 0, count: height * width)
        let firstChannel = outputChannel / (result[1] / groups) * channels
        for channel in 0..<channels {
          let plane = batch * imageShape[1] + firstChannel + channel
          for verticalTap in 0..<weightShape[2] {
            for horizontalTap in 0..<weightShape[3] {
              let tap = (outputChannel * channels + channel) * weightShape[2] + verticalTap
              let factor = Double(weight[tap * weightShape[3] + horizontalTap])
              let columns = horizontal.positions(onPixelsAt: horizontalTap, count: width)
              for y in vertical.positions(onPixelsAt: verticalTap, count: height) {
                let row = plane * imageShape[2] + vertical.pixel(position: y, tap: verticalTap)
                for x in columns {
                  let column = horizontal.pixel(position: x, tap: horizontalTap)
                  sums[y * width + x] += factor * Double(image[row * imageShape[3] + column])
                }
              }
            }
          }
        }
        for sum in sums {
          let value = Float(sum + (residual.map { Double($0[output.count]) } ?? 0))
          let function = slope.map { ActivationFunction.leakyRelu($0[outputChannel]) } ?? activation
          output.append(function(value))
        }
      }
    }
    return [Tensor(result, elements: output)]
  }

  /// Returns the elements of an optional operand.
  private func floats(_ inputs: [Tensor?], _ index: Int) -> [Float]? {
    index < inputs.count ? inputs[index]?.floats : nil
  }
}
