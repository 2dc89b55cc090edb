import Graphs

/// An operator that kernels serve, or that only changes how its operand is seen.
protocol CompiledOperator: Operator {
  /// Adds the steps that compute `node` to the plan.
  ///
  /// - Returns: False when no kernel serves these operands; the operator's naive evaluation then runs.
  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool
}
