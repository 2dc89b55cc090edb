import Graphs

extension Transpose: CompiledOperator {
  /// Changes the view; readers that need another order convert it.
  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool {
    guard let input = node.inputs[0], lowering.type(input).elementType == .float32 else { return false }
    lowering.setView(node.outputs[0], lowering.view(input).transposed(permutation))
    return true
  }
}
