import Tensors

/// Adds blocks up to the image that they were cut from, as ONNX Col2Im and PyTorch `fold`.
///
/// Operand: float32 `[N, C * taps, positions]`. Result: `[N, C, size1, …]`.
public struct ColumnsToImage: Operator, Hashable {
  public static let name = "ColumnsToImage"

  /// The result's spatial dimensions.
  public var size: [Int]
  /// Where the blocks lie.
  public var window: SpatialWindow

  /// Makes an operator.
  public init(size: [Int], window: SpatialWindow) {
    self.size = size
    self.window = window
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    let columns = try operands.floats(0, "the columns", rank: 3)
    try window.check(rank: size.count, operands)
    let taps = Cost.product(window.kernel)
    let image = try operands.result([columns[0], max(columns[1] / max(taps, 1), 0)] + size)
    let positions = window.slides(over: image.shape).map { $0.outputSize() ?? 0 }
    guard columns[1] % taps == 0, columns[2] == Cost.product(positions) else {
      throw operands.shapeError("the columns", columns, "blocks of \(taps) at \(positions) positions")
    }
    return [image]
  }
}

extension ColumnsToImage {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let (columns, values) = (inputs[0]!.shape, inputs[0]!.floats)
    let slides = window.slides(over: result)
    let strides = Array(result.strides[2...])
    let positions = rowMajorPositions(slides.map { $0.outputSize() ?? 0 })
    let taps = rowMajorPositions(window.kernel)
    let planeSize = size.reduce(1, *)
    var output = [Double](repeating: 0, count: result.elementCount)
    for plane in 0..<result[0] * result[1] {
      for (tapIndex, tap) in taps.enumerated() {
        for (index, position) in positions.enumerated() {
          let pixels = slides.indices.map { slides[$0].pixel(position: position[$0], tap: tap[$0]) }
          guard zip(pixels, size).allSatisfy({ (0..<$1).contains($0) }) else { continue }
          let place = zip(pixels, strides).reduce(0) { $0 + $1.0 * $1.1 }
          output[plane * planeSize + place] +=
            Double(values[(plane * taps.count + tapIndex) * columns[2] + index])
        }
      }
    }
    return [Tensor(result, elements: output.map { Float($0) })]
  }
}
