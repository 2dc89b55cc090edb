import Graphs

extension Reshape: CompiledOperator {
  /// Sees the operand under the new shape where its elements allow it; otherwise copies it, once.
  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool {
    let output = node.outputs[0]
    let dimensions = lowering.type(output).shape.dimensions
    guard let input = node.inputs[0] else { return false }
    if let view = lowering.view(input).reshaped(to: dimensions) {
      lowering.setView(output, view)
      return true
    }
    guard lowering.type(input).elementType == .float32 else { return false }
    // Where new axes are products of old ones, the result can be seen under the old shape and written in its own order.
    let old = lowering.type(input).shape.dimensions
    let place = StridedView(
      BufferID(0), shape: lowering.type(output).shape, order: lowering.order(of: output))
    if place.reshaped(to: old) != nil {
      let target = lowering.output(output) { $0.reshaped(to: old) != nil }
      guard let seen = target.reshaped(to: old) else { return false }
      lowering.emitCopy(
        from: lowering.view(input), to: seen, as: name, type: lowering.type(output))
      return true
    }
    guard let view = lowering.rowMajor(input).reshaped(to: dimensions) else { return false }
    lowering.setView(output, view)
    return true
  }
}
