import Graphs

/// Joins a reshape with the reshape it reads from.
package struct CombineReshapes: RewriteRule {
  package static let name = "Reshape combination"

  package init() {}

  package func rewrite(_ graph: Graph) throws -> Graph? {
    var rewriter = GraphRewriter(graph)
    for (index, node) in graph.nodes.enumerated() where node.operation is Reshape {
      guard rewriter.isUntouched(index), let first = rewriter.writer(of: node.inputs[0], as: Reshape.self)
      else { continue }
      let shape = graph[node.outputs[0]].type.shape.dimensions
      let combined = Node(
        name: node.name, operation: Reshape(shape: shape), inputs: graph.nodes[first.index].inputs,
        outputs: node.outputs)
      rewriter.replace([index], with: [combined], examined: [first.index])
    }
    return rewriter.result()
  }
}
