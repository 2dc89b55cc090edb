import Graphs
import Tensors

extension OnnxOperators {
  static let reductions: [String: OnnxConverter] = [
    "ReduceMean": reduce(.mean, axesAreOperandSince: 18),
    "ReduceSum": reduce(.sum, axesAreOperandSince: 13),
    "ReduceMax": reduce(.maximum, axesAreOperandSince: 18),
    "ReduceMin": reduce(.minimum, axesAreOperandSince: 18),
    "ReduceProd": { node, builder in
      let operand = try node.operand(0)
      guard let integers = operand.constant?.integers, operand.shape.rank <= 1 else {
        throw node.failure("only lists of integers known while importing are supported")
      }
      let product = integers.reduce(Int64(1)) { $0 &* Int64($1) }
      let keepsDimensions = try node.integer("keepdims") ?? 1 != 0
      let shape: Shape = keepsDimensions && operand.shape.rank == 1 ? [1] : []
      return [builder.constant(Tensor(shape, elements: [product]), of: node)]
    },
  ]

  private static func reduce(_ kind: Reduce.Kind, axesAreOperandSince operatorSet: Int) -> OnnxConverter {
    { node, builder in
      let operand = try node.operand(0)
      let axes = try node.integers("axes", orOperand: 1, since: operatorSet) ?? []
      if axes.isEmpty, try node.integer("noop_with_empty_axes") ?? 0 != 0 { return [operand] }
      let operation = Reduce(
        kind: kind, axes: axes, keepsDimensions: try node.integer("keepdims") ?? 1 != 0)
      return [try builder.apply(operation, operand, for: node)]
    }
  }
}
