import Graphs

extension Concatenation: CompiledOperator {
  /// Copies the parts that their writers could not put into place.
  func lower(_ node: Node, _ lowering: inout Lowering) -> Bool {
    let output = node.outputs[0]
    guard lowering.type(output).elementType == .float32 else { return false }
    let whole = lowering.output(output)
    for (input, part) in zip(node.inputs, parts(of: whole, node, lowering.graph)) {
      guard let input, part.elementCount > 0 else { continue }
      let view = lowering.view(input)
      if view != part { lowering.emitCopy(from: view, to: part, as: name, type: lowering.type(input)) }
    }
    return true
  }
}
