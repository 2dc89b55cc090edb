import Graphs
import Tensors

extension OnnxOperators {
  static let matrixProducts: [String: OnnxConverter] = [
    "MatMul": { node, builder in
      [try builder.apply(MatrixProduct(), node.operand(0), node.operand(1), for: node)]
    },
    "Gemm": { node, builder in
      let operation = Linear(
        transposesLeft: try node.integer("transA") ?? 0 != 0,
        transposesRight: try node.integer("transB") ?? 0 != 0,
        alpha: try node.float("alpha") ?? 1, beta: try node.float("beta") ?? 1)
      return [
        try builder.apply(operation, node.operand(0), node.operand(1), node.optionalOperand(2), for: node)
      ]
    },
  ]
}
