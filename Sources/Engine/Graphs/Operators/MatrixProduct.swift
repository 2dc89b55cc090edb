import Tensors

/// The product of matrices in the last two axes, the axes before them broadcast, as numpy's `matmul`.
///
/// Operands: left `[..., M, K]` and right `[..., K, N]`; a vector `[K]` on either side counts as one row or
/// one column, which the result does not have. Result: `[..., M, N]`.
public struct MatrixProduct: Operator, Hashable {
  public static let name = "MatrixProduct"

  /// Makes a matrix product.
  public init() {}

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 2...2)
    let left = try operands.floats(0, "the left operand")
    let right = try operands.floats(1, "the right operand")
    guard left.rank >= 1 else { throw operands.shapeError("the left operand", left, "a vector or matrix") }
    let inner = left[-1]
    guard right.rank >= 1, (right.rank == 1 ? right[0] : right[-2]) == inner else {
      throw operands.shapeError("the right operand", right, "(\(inner) rows)x(columns)")
    }
    let batches = (left.dimensions.dropLast(2), right.dimensions.dropLast(2))
    guard let batch = Broadcasting.dimensions(Array(batches.0), Array(batches.1)) else {
      throw operands.shapeError(
        "the right operand", right, "axes before the last two that broadcast with \(left)")
    }
    let rows = left.rank == 1 ? [] : [left[-2]]
    let columns = right.rank == 1 ? [] : [right[-1]]
    return [try operands.result(batch + rows + columns)]
  }

  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    Cost(
      multiplyAdds: Cost.product(outputs[0].shape.elementCount, inputs[0]!.shape[-1]),
      bytes: Cost.traffic(inputs: inputs, outputs: outputs))
  }
}

extension MatrixProduct {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let (leftShape, rightShape) = (inputs[0]!.shape, inputs[1]!.shape)
    let inner = leftShape[-1]
    let rows = leftShape.rank == 1 ? 1 : leftShape[-2]
    let columns = rightShape.rank == 1 ? 1 : rightShape[-1]
    var left = StridedMatrix(elements: inputs[0]!.floats, rowStride: inner, columnStride: 1)
    var right = StridedMatrix(elements: inputs[1]!.floats, rowStride: columns, columnStride: 1)
    let leftBatch = Shape(Array(leftShape.dimensions.dropLast(2)))
    let rightBatch = Shape(Array(rightShape.dimensions.dropLast(2)))
    let batch = Shape(Broadcasting.dimensions(leftBatch.dimensions, rightBatch.dimensions)!)
    var output: [Float] = []
    output.reserveCapacity(result.elementCount)
    for (leftIndex, rightIndex) in zip(
      Broadcasting.sources(of: leftBatch, in: batch), Broadcasting.sources(of: rightBatch, in: batch))
    {
      left.offset = leftIndex * rows * inner
      right.offset = rightIndex * inner * columns
      for row in 0..<rows {
        for column in 0..<columns {
          output.append(Float(left.product(right, row: row, column: column, inner: inner)))
        }
      }
    }
    return [Tensor(result, elements: output)]
  }
}
