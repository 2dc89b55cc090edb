import Graphs

extension Slice: CompiledOperator {
  /// Sees the part where it is.
  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool {
    guard let input = node.inputs[0], lowering.type(input).elementType == .float32 else { return false }
    var view = lowering.view(input)
    for (axis, range) in ranges(in: lowering.type(input).shape).enumerated() {
      view = view.sliced(axis: axis, start: range.start, step: range.step, count: range.count)
    }
    lowering.setView(node.outputs[0], view)
    return true
  }
}
