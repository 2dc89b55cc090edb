import Tensors

/// Samples an image at another size, as ONNX Resize with given sizes and PyTorch `interpolate`.
///
/// Operand: `[N, C, H, W]` of at least one pixel. Result: `[N, C, height, width]`.
public struct Resize: Operator, Hashable {
  public static let name = "Resize"

  /// How a sample is made of the pixels near it.
  public enum Mode: Sendable, Hashable {
    /// The nearest pixel.
    case nearest(NearestRounding)
    /// A weighted mean of the four pixels around; pixels repeat beyond the edges.
    case bilinear
  }

  /// Which pixel is nearest to a coordinate between two.
  public enum NearestRounding: String, Sendable, Hashable, CaseIterable {
    /// The nearer one, of two equally near the smaller index.
    case roundPreferFloor
    /// The nearer one, of two equally near the larger index.
    case roundPreferCeiling
    /// The smaller index.
    case floor
    /// The larger index.
    case ceiling
  }

  /// Where on the image a pixel of the result samples.
  public enum Coordinates: String, Sendable, Hashable, CaseIterable {
    /// Pixel areas cover each other: (x + 1/2) scale - 1/2.
    case halfPixel
    /// As `halfPixel`, but 0 along an axis of one result pixel.
    case pytorchHalfPixel
    /// The centres of the corner pixels fall together: x (size - 1) / (result size - 1).
    case alignCorners
    /// The first pixels fall together: x scale.
    case asymmetric
  }

  /// How a sample is made of the pixels near it.
  public var mode: Mode
  /// Where on the image a pixel of the result samples.
  public var coordinates: Coordinates
  /// Rows of the result.
  public var height: Int
  /// Columns of the result.
  public var width: Int

  /// Makes a resize.
  public init(mode: Mode, coordinates: Coordinates, height: Int, width: Int) {
    self.mode = mode
    self.coordinates = coordinates
    self.height = height
    self.width = width
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    let image = try operands.image(0, "the image")
    try operands.pair("height and width", [height, width])
    guard image[2] >= 1, image[3] >= 1 else {
      throw operands.shapeError("the image", image, "at least one pixel")
    }
    return [try operands.result([image[0], image[1], height, width])]
  }

  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    Cost(
      multiplyAdds: mode == .bilinear ? Cost.product(outputs[0].shape.elementCount, 4) : 0,
      bytes: Cost.traffic(inputs: inputs, outputs: outputs))
  }
}
