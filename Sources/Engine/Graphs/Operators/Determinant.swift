import Tensors

/// The determinant of square matrices, by elimination with the largest pivot of each column, as ONNX Det.
///
/// Operand: float32 `[..., N, N]`. Result: `[...]`.
public struct Determinant: Operator, Hashable {
  public static let name = "Determinant"

  /// Makes an operator.
  public init() {}

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    let shape = try operands.floats(0, "the matrices")
    guard shape.rank >= 2, shape[-1] == shape[-2] else {
      throw operands.shapeError("the matrices", shape, "square matrices in the last two axes")
    }
    return [ValueType(Shape(shape.dimensions.dropLast(2)))]
  }
}

extension Determinant {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let (size, values) = (inputs[0]!.shape[-1], inputs[0]!.doubles)
    let determinants = (0..<result.elementCount).map { index in
      let start = index * size * size
      return Float(determinant(Array(values[start..<start + size * size]), size: size))
    }
    return [Tensor(result, elements: determinants)]
  }

  private func determinant(_ values: [Double], size: Int) -> Double {
    var (matrix, product) = (values, 1.0)
    for column in 0..<size {
      let pivot = (column..<size).max { abs(matrix[$0 * size + column]) < abs(matrix[$1 * size + column]) }!
      if matrix[pivot * size + column] == 0 { return 0 }
      if pivot != column {
        for k in 0..<size { matrix.swapAt(pivot * size + k, column * size + k) }
        product = -product
      }
      product *= matrix[column * size + column]
      for row in column + 1..<max(size, column + 1) {
        let factor = matrix[row * size + column] / matrix[column * size + column]
        for k in column..<size { matrix[row * size + k] -= factor * matrix[column * size + k] }
      }
    }
    return product
  }
}
