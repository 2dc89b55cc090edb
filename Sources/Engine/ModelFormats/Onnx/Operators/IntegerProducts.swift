import Graphs
import Tensors

/// Products of integers, computed in float32: exact while sums stay below 2^24, which takes a thousand products of bytes.
extension OnnxOperators {
  static let integerProducts: [String: OnnxConverter] = [
    "MatMulInteger": { node, builder in
      let left = try shifted(node.operand(0), zero: node.optionalOperand(2), isRow: true, node, &builder)
      let right = try shifted(node.operand(1), zero: node.optionalOperand(3), isRow: false, node, &builder)
      let product = try builder.apply(MatrixProduct(), left, right, for: node)
      return [try builder.cast(product, to: .int32, for: node)]
    },
    "ConvInteger": { node, builder in
      let value = try shifted(node.operand(0), zero: node.optionalOperand(2), isRow: false, node, &builder)
      var weight = try builder.cast(node.operand(1), to: .float32, for: node)
      if let zero = node.optionalOperand(3) {
        var zeros = try builder.cast(zero, to: .float32, for: node)
        if zero.shape.elementCount > 1 {
          // One for each filter.
          let ones = [Int](repeating: 1, count: weight.shape.rank - 1)
          zeros = try builder.reshape(zeros, [zero.shape.elementCount] + ones, for: node)
        }
        weight = try builder.combine(.subtract, weight, zeros, for: node)
      }
      let result = try convolution(node, &builder, value, weight)
      return [try builder.cast(result, to: .int32, for: node)]
    },
  ]

  /// Returns value - zero, with one zero for all or one for each row or column of matrices.
  private static func shifted(
    _ value: OnnxOperand, zero: OnnxOperand?, isRow: Bool, _ node: OnnxNode, _ builder: inout OnnxGraphBuilder
  ) throws -> OnnxOperand {
    let floats = try builder.cast(value, to: .float32, for: node)
    guard let zero else { return floats }
    var zeros = try builder.cast(zero, to: .float32, for: node)
    if isRow, zero.shape.rank == 1, zero.shape.elementCount > 1 {
      zeros = try builder.reshape(zeros, [zero.shape.elementCount, 1], for: node)
    }
    return try builder.combine(.subtract, floats, zeros, for: node)
  }
}
