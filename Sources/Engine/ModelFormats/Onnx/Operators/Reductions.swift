import Graphs
import Tensors

extension OnnxOperators {
  static let reductions: [String: OnnxConverter] = [
    "ReduceMean": reduce(.mean), "ReduceSum": reduce(.sum, axesAreOperandSince: 13),
    "ReduceMax": reduce(.maximum), "ReduceMin": reduce(.minimum), "ReduceProd": reduce(.product),
    "ReduceL1": reduce(.absoluteSum), "ReduceL2": reduce(.norm), "ReduceSumSquare": reduce(.squareSum),
    "ReduceLogSum": reduce(.logSum), "ReduceLogSumExp": reduce(.logSumExp),
  ]

  private static func reduce(_ kind: Reduce.Kind, axesAreOperandSince operatorSet: Int = 18) -> OnnxConverter
  {
    { node, builder in
      let operand = try node.operand(0)
      let axes = try node.integers("axes", orOperand: 1, since: operatorSet) ?? []
      if axes.isEmpty, try node.flag("noop_with_empty_axes") { return [operand] }
      let operation = Reduce(
        kind: kind, axes: axes, keepsDimensions: try node.integer("keepdims") ?? 1 != 0)
      return [try builder.apply(operation, operand, for: node)]
    }
  }
}
