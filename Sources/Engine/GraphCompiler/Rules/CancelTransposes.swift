import Graphs

/// Joins a transposition with the transposition it reads from; a pair that restores the order becomes nothing once
/// `RemoveNoOperations` has seen it.
package struct CancelTransposes: RewriteRule {
  package static let name = "Transposition cancelling"

  package init() {}

  package func rewrite(_ graph: Graph) throws -> Graph? {
    var rewriter = GraphRewriter(graph)
    for (index, node) in graph.nodes.enumerated() {
      guard let second = node.operation as? Transpose, rewriter.isUntouched(index),
        let first = rewriter.writer(of: node.inputs[0], as: Transpose.self)
      else { continue }
      let permutation = second.permutation.map { first.operation.permutation[$0] }
      let combined = Node(
        name: node.name, operation: Transpose(permutation: permutation),
        inputs: graph.nodes[first.index].inputs, outputs: node.outputs)
      rewriter.replace([index], with: [combined], examined: [first.index])
    }
    return rewriter.result()
  }
}
