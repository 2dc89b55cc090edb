import Tensors

/// The maximum under a sliding window, per channel (ONNX MaxPool, PyTorch `max_pool2d`); padding never wins.
///
/// Operand: `[N, C, H, W]`. Result: `[N, C, H', W']`.
public struct MaxPool: Operator, Hashable {
  public static let name = "MaxPool"

  /// The window's taps: height, width.
  public var kernel: [Int]
  /// Pixels between neighbouring positions of the window: height, width.
  public var strides: [Int]
  /// Padding around the image, each side less than the window.
  public var padding: Padding
  /// Pixels between neighbouring taps: height, width.
  public var dilations: [Int]
  /// Whether a last window may hang over the end.
  public var ceilMode: Bool

  /// Makes a maximum pool.
  public init(
    kernel: [Int], strides: [Int] = [1, 1], padding: Padding = Padding(), dilations: [Int] = [1, 1],
    ceilMode: Bool = false
  ) {
    self.kernel = kernel
    self.strides = strides
    self.padding = padding
    self.dilations = dilations
    self.ceilMode = ceilMode
  }

  private var window: PoolWindow {
    PoolWindow(kernel: kernel, strides: strides, padding: padding, dilations: dilations, ceilMode: ceilMode)
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    [try window.outputType(OperandTypes(inputs, of: name, count: 1...1))]
  }

  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    Cost(
      multiplyAdds: Cost.product(outputs[0].shape.elementCount, kernel[0], kernel[1]),
      bytes: Cost.traffic(inputs: inputs, outputs: outputs))
  }
}

extension MaxPool {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let (shape, image) = (inputs[0]!.shape, inputs[0]!.floats)
    let output = window.pooled(image, shape: shape, result: result) { _, _, pixels in
      pixels.reduce(-Double.infinity) { $0.isNaN || $0 > Double($1) ? $0 : Double($1) }
    }
    return [Tensor(result, elements: output)]
  }
}
