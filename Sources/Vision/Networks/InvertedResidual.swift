import Graphs

/// The inverted residual block of MobileNetV2 (Sandler et al., 2018): a pointwise convolution to more channels, a
/// depthwise convolution, a pointwise one back without activation; the input is added where the shapes allow.
struct InvertedResidual {
  /// Channels of the result.
  var outputs: Int
  /// How many times more channels the depthwise convolution has than the input; 1 leaves the first convolution out.
  var expansion: Int
  /// The depthwise convolution's kernel, and its stride.
  var kernel: Int
  var stride = 1
  /// The depthwise convolution's padding; nil for symmetric.
  var padding: Padding?
  /// What follows the first two convolutions.
  var activation = ActivationFunction.relu
}

extension NetworkBuilder {
  /// Adds an inverted residual block, whose layers are `PATH.expand`, `PATH.depthwise` and `PATH.project`.
  mutating func invertedResidual(_ x: ValueID, _ path: String, _ block: InvertedResidual) throws -> ValueID {
    let inputs = shape(of: x)[1]
    var y = x
    if block.expansion > 1 {
      y = try convolution(y, "\(path).expand", to: inputs * block.expansion, activation: block.activation)
    }
    y = try depthwiseConvolution(
      y, "\(path).depthwise", kernel: block.kernel, stride: block.stride, padding: block.padding,
      activation: block.activation)
    y = try convolution(y, "\(path).project", to: block.outputs)
    return block.stride == 1 && inputs == block.outputs ? try add(y, x, "\(path).add") : y
  }
}
