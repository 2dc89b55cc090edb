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

extension Resize {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let (shape, image) = (inputs[0]!.shape, inputs[0]!.floats)
    let rows = (0..<height).map { sample($0, size: shape[2], resultSize: height) }
    let columns = (0..<width).map { sample($0, size: shape[3], resultSize: width) }
    var output: [Float] = []
    output.reserveCapacity(result.elementCount)
    for plane in 0..<result[0] * result[1] {
      for row in rows {
        let upper = (plane * shape[2] + row.first) * shape[3]
        let lower = (plane * shape[2] + row.second) * shape[3]
        for column in columns {
          let top = column.mix(image[upper + column.first], image[upper + column.second])
          let bottom = column.mix(image[lower + column.first], image[lower + column.second])
          output.append(Float(top + (bottom - top) * row.weight))
        }
      }
    }
    return [Tensor(result, elements: output)]
  }

  /// Two neighbouring pixels along an axis and the weight of the second.
  private struct Sample {
    var first: Int
    var second: Int
    var weight: Double

    func mix(_ left: Float, _ right: Float) -> Double {
      Double(left) + (Double(right) - Double(left)) * weight
    }
  }

  /// Returns what the result's pixel `position` is made of along one axis.
  private func sample(_ position: Int, size: Int, resultSize: Int) -> Sample {
    let last = Double(size - 1)
    let coordinate = coordinate(Double(position), size: Double(size), resultSize: Double(resultSize))
    switch mode {
    case .nearest(let rounding):
      let pixel = Int(min(max(rounding(coordinate), 0), last))
      return Sample(first: pixel, second: pixel, weight: 0)
    case .bilinear:
      let clamped = min(max(coordinate, 0), last)
      let first = Int(clamped)
      return Sample(first: first, second: min(first + 1, size - 1), weight: clamped - Double(first))
    }
  }

  /// Returns where the result's pixel samples the image. The products of whole numbers are exact and divided
  /// once, so that a sample that falls on a pixel is there precisely.
  private func coordinate(_ position: Double, size: Double, resultSize: Double) -> Double {
    switch coordinates {
    case .pytorchHalfPixel where resultSize == 1: 0
    case .halfPixel, .pytorchHalfPixel:
      ((2 * position + 1) * size - resultSize) / (2 * resultSize)
    case .alignCorners: resultSize == 1 ? 0 : position * (size - 1) / (resultSize - 1)
    case .asymmetric: position * size / resultSize
    }
  }
}

extension Resize.NearestRounding {
  /// Returns the whole number nearest to `coordinate` by this rule.
  fileprivate func callAsFunction(_ coordinate: Double) -> Double {
    switch self {
    case .roundPreferFloor: (coordinate - 0.5).rounded(.up)
    case .roundPreferCeiling: (coordinate + 0.5).rounded(.down)
    case .floor: coordinate.rounded(.down)
    case .ceiling: coordinate.rounded(.up)
    }
  }
}
