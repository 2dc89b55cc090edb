import Tensors

/// Pools bilinear samples of regions of interest to one size, of He et al., Mask R-CNN (2017), as ONNX RoiAlign.
///
/// Operands: images `[N, C, H, W]`; regions `[R, 4]` as left, top, right, bottom; the image of each region, int64
/// `[R]`. Result: `[R, C, height, width]`.
public struct RoiAlign: Operator, Hashable {
  public static let name = "RoiAlign"

  /// Rows of the result.
  public var height: Int
  /// Columns of the result.
  public var width: Int
  /// Samples along each side of a cell; as many as the cell has pixels when zero.
  public var samples: Int
  /// What regions are multiplied with to give pixels of the image.
  public var scale: Float
  /// Whether the largest sample is taken, not the mean.
  public var takesMaximum: Bool
  /// Whether a pixel's centre is at half its coordinates.
  public var isHalfPixel: Bool

  /// Makes an operator.
  public init(
    height: Int = 1, width: Int = 1, samples: Int = 0, scale: Float = 1, takesMaximum: Bool = false,
    isHalfPixel: Bool = true
  ) {
    self.height = height
    self.width = width
    self.samples = samples
    self.scale = scale
    self.takesMaximum = takesMaximum
    self.isHalfPixel = isHalfPixel
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 3...3)
    let image = try operands.image(0, "the images")
    let regions = try operands.floats(1, "the regions", rank: 2)
    guard regions[1] == 4 else { throw operands.shapeError("the regions", regions, "four numbers each") }
    let numbers = try operands.indices(2, "the images' numbers")
    guard numbers == [regions[0]] else {
      throw operands.shapeError("the images' numbers", numbers, "\(regions[0])")
    }
    try operands.pair("height and width", [height, width])
    guard (0...1024).contains(samples) else { throw operands.attributeError("samples", samples, "0 to 1024") }
    return [try operands.result([regions[0], image[1], height, width])]
  }
}

extension RoiAlign {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let (shape, values) = (inputs[0]!.shape, inputs[0]!.doubles)
    let regions = inputs[1]!.doubles
    let numbers = try inputs[2]!.indices(below: shape[0], of: name)
    var output: [Float] = []
    output.reserveCapacity(result.elementCount)
    let offset = isHalfPixel ? 0.5 : 0
    for (region, number) in numbers.enumerated() {
      let corners = (0..<4).map { regions[region * 4 + $0] * Double(scale) - offset }
      guard corners.allSatisfy({ abs($0) < 1e6 }) else {
        throw GraphError.operandValue(
          operation: name, operand: "the regions", reason: "are out of all bounds")
      }
      // Without the half pixel a region is at least one pixel large.
      let smallest = isHalfPixel ? -Double.infinity : 1
      let cellWidth = max(corners[2] - corners[0], smallest) / Double(width)
      let cellHeight = max(corners[3] - corners[1], smallest) / Double(height)
      let columns = samples > 0 ? samples : max(Int(cellWidth.rounded(.up)), 0)
      let rows = samples > 0 ? samples : max(Int(cellHeight.rounded(.up)), 0)
      for channel in 0..<shape[1] {
        let plane = (number * shape[1] + channel) * shape[2] * shape[3]
        for cellY in 0..<height {
          for cellX in 0..<width {
            var (sum, largest) = (0.0, -Double.infinity)
            for row in 0..<rows {
              let y = corners[1] + (Double(cellY) + (Double(row) + 0.5) / Double(rows)) * cellHeight
              for column in 0..<columns {
                let x = corners[0] + (Double(cellX) + (Double(column) + 0.5) / Double(columns)) * cellWidth
                let parts = neighbours(y, x, shape).map { $0.weight * values[plane + $0.offset] }
                sum += parts.reduce(0, +)
                // ONNX takes the largest of the weighted neighbours, not of the interpolated samples.
                largest = parts.reduce(largest, max)
              }
            }
            let count = Double(max(rows * columns, 1))
            output.append(Float(takesMaximum ? (largest.isFinite ? largest : 0) : sum / count))
          }
        }
      }
    }
    return [Tensor(result, elements: output)]
  }

  /// Returns the four pixels around a sample and their weights; none for samples well outside.
  private func neighbours(_ y: Double, _ x: Double, _ shape: Shape) -> [(offset: Int, weight: Double)] {
    let (height, width) = (shape[2], shape[3])
    guard y >= -1, y <= Double(height), x >= -1, x <= Double(width) else { return [] }
    let (row, column) = (min(max(y, 0), Double(height - 1)), min(max(x, 0), Double(width - 1)))
    let (top, left) = (Int(row), Int(column))
    let (bottom, right) = (min(top + 1, height - 1), min(left + 1, width - 1))
    let (down, across) = (row - Double(top), column - Double(left))
    return [
      (top * width + left, (1 - down) * (1 - across)), (top * width + right, (1 - down) * across),
      (bottom * width + left, down * (1 - across)), (bottom * width + right, down * across),
    ]
  }
}
