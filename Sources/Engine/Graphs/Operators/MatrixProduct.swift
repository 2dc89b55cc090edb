import Tensors

/// The product of matrices in the last two axes, the axes before them broadcast, as numpy's `matmul`.
///
/// Operands: left `[..., M, K]` and right `[..., K, N]`; a vector `[K]` on either side counts as one row or one column,
/// which the result does not have. Result: `[..., M, N]`.
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
