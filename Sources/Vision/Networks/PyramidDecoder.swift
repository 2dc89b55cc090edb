import Graphs

/// A slice of EfficientNet-Lite0 down to a sixteenth of the input, some context at half of that, and a thin decoder up
/// to half the input's size: what the portrait network and the face parser have in common.
struct PyramidDecoder {
  /// The encoder's blocks, stage by stage.
  var blocks: [Int]
  /// The decoder's channels at a half, a quarter, an eighth and a sixteenth of the input's size.
  var widths: [Int]
  /// The channels of the context.
  var context: Int
}

extension NetworkBuilder {
  /// Adds encoder, context and decoder; returns the decoder's result, at half the image's size.
  mutating func pyramidFeatures(_ image: ValueID, _ decoder: PyramidDecoder) throws -> ValueID {
    let pyramid = try efficientNetLite0(image, "encoder", blocks: decoder.blocks)
    var x = try convolution(pyramid[3], "top", to: decoder.widths[3], activation: .relu)
    x = try context(x, "context", hidden: decoder.context)
    for level in [2, 1, 0] {
      x = try rise(x, to: pyramid[level], "rise\(2 << level)", outputs: decoder.widths[level])
    }
    return x
  }

  /// Adds a depthwise and a pointwise convolution, each with a rectifier, whose layers are `PATH.depthwise` and
  /// `PATH.pointwise`.
  mutating func separable(
    _ x: ValueID, _ path: String, to outputs: Int, kernel: Int = 3, stride: Int = 1
  ) throws -> ValueID {
    let depthwise = try depthwiseConvolution(
      x, "\(path).depthwise", kernel: kernel, stride: stride, activation: .relu)
    return try convolution(depthwise, "\(path).pointwise", to: outputs, activation: .relu)
  }

  /// Adds a separable convolution whose input is added.
  mutating func separableResidual(_ x: ValueID, _ path: String, kernel: Int = 3) throws -> ValueID {
    let change = try separable(x, path, to: shape(of: x)[1], kernel: kernel)
    return try add(x, change, "\(path).add")
  }

  /// Adds a look at the whole picture at half the resolution.
  private mutating func context(_ x: ValueID, _ path: String, hidden: Int) throws -> ValueID {
    var y = try separable(x, "\(path).down", to: hidden, kernel: 5, stride: 2)
    y = try separableResidual(y, "\(path).first", kernel: 5)
    y = try separable(y, "\(path).second", to: shape(of: x)[1], kernel: 5)
    return try add(x, enlarge(y, "\(path).up"), "\(path).add")
  }

  /// Adds what leads from one level of the pyramid to the next larger one, `skip`.
  private mutating func rise(
    _ x: ValueID, to skip: ValueID, _ path: String, outputs: Int
  ) throws -> ValueID {
    let reduced = try enlarge(convolution(x, "\(path).reduce", to: outputs), "\(path).up")
    let joined = try add(reduced, convolution(skip, "\(path).skip", to: outputs), "\(path).add")
    let rectified = try activate(joined, .relu, "\(path).relu")
    return try separable(
      separableResidual(rectified, "\(path).first"), "\(path).second", to: outputs)
  }
}
