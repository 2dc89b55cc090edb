import Tensors

/// The mean under a sliding window, per channel (ONNX AveragePool, PyTorch `avg_pool2d`).
///
/// Operand: `[N, C, H, W]`. Result: `[N, C, H', W']`.
public struct AveragePool: Operator, Hashable {
  public static let name = "AveragePool"

  /// The window's taps: height, width.
  public var kernel: [Int]
  /// Pixels between neighbouring positions of the window: height, width.
  public var strides: [Int]
  /// Zeros around the image, each side less than the window.
  public var padding: Padding
  /// Pixels between neighbouring taps: height, width.
  public var dilations: [Int]
  /// Whether a last window may hang over the end.
  public var ceilMode: Bool
  /// Whether padding counts in the divisor; what hangs over the padding never does.
  public var countIncludesPadding: Bool

  /// Makes an average pool.
  public init(
    kernel: [Int], strides: [Int] = [1, 1], padding: Padding = Padding(), dilations: [Int] = [1, 1],
    ceilMode: Bool = false, countIncludesPadding: Bool = false
  ) {
    self.kernel = kernel
    self.strides = strides
    self.padding = padding
    self.dilations = dilations
    self.ceilMode = ceilMode
    self.countIncludesPadding = countIncludesPadding
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

extension AveragePool {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let (shape, image) = (inputs[0]!.shape, inputs[0]!.floats)
    let (vertical, horizontal) = window.windows(shape)
    let output = window.pooled(image, shape: shape, result: result) { y, x, pixels in
      let divisor =
        countIncludesPadding ? tapsInside(vertical, y) * tapsInside(horizontal, x) : pixels.count
      // A dilated window may step over a small image.
      return pixels.reduce(0.0) { $0 + Double($1) } / Double(max(divisor, 1))
    }
    return [Tensor(result, elements: output)]
  }

  /// Returns how many taps lie on the image or its padding.
  private func tapsInside(_ window: SlidingWindow, _ position: Int) -> Int {
    var padded = window
    padded.size += window.before + window.after
    padded.before = 0
    return padded.taps(onPixelsAt: position).count
  }
}
