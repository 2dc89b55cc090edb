import Graphs

extension Split: CompiledOperator {
  /// Sees the parts where they are.
  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool {
    guard let input = node.inputs[0], lowering.type(input).elementType == .float32 else { return false }
    let whole = lowering.view(input)
    let axis = axis < 0 ? axis + whole.rank : axis
    var start = 0
    for (output, size) in zip(node.outputs, sizes) {
      lowering.setView(output, whole.sliced(axis: axis, start: start, count: size))
      start += size
    }
    return true
  }
}
