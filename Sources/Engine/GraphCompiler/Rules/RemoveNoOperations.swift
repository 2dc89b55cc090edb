import Graphs

/// Removes nodes that return their operand as it is.
package struct RemoveNoOperations: RewriteRule {
  package static let name = "No-operation removal"

  package init() {}

  package func rewrite(_ graph: Graph) throws -> Graph? {
    var rewriter = GraphRewriter(graph)
    for (index, node) in graph.nodes.enumerated()
    where node.outputs.count == 1 && node.inputs.count >= 1 {
      guard let input = node.inputs[0], graph[input].type == graph[node.outputs[0]].type else { continue }
      if passesOn(node) { rewriter.bypass(index) }
    }
    return rewriter.result()
  }

  /// Whether a node whose result has its operand's type also has its elements.
  private func passesOn(_ node: Node) -> Bool {
    switch node.operation {
    case is Reshape, is Cast, is Split, is Resize: true
    case is Slice: (node.operation as? Slice)?.steps.allSatisfy { $0 > 0 } ?? false
    case is Concatenation: node.inputs.count == 1
    case let operation as Activation: operation.function == .identity
    case let operation as Transpose: operation.permutation == Array(operation.permutation.indices)
    case let operation as Pad: (operation.before + operation.after).allSatisfy { $0 == 0 }
    default: false
    }
  }
}
