import Graphs

/// Turns the mean or maximum over the height and width of an image into a global pool.
package struct RecogniseGlobalPool: RewriteRule {
  package static let name = "Global pool recognition"

  package init() {}

  package func rewrite(_ graph: Graph) throws -> Graph? {
    var rewriter = GraphRewriter(graph)
    for (index, node) in graph.nodes.enumerated() {
      guard let reduction = node.operation as? Reduce, let input = node.inputs[0],
        graph[input].type.shape.rank == 4, graph[input].type.elementType == .float32, !reduction.axes.isEmpty,
        Set(reduction.axes.map { $0 < 0 ? $0 + 4 : $0 }) == [2, 3],
        let kind: GlobalPool.Kind = [.mean: .average, .maximum: .maximum][reduction.kind]
      else { continue }
      if reduction.keepsDimensions {
        var pool = node
        pool.operation = GlobalPool(kind: kind)
        rewriter.replace([index], with: [pool])
      } else {
        let shape = graph[node.outputs[0]].type.shape
        let pooled = rewriter.addValue(
          "\(node.name).pooled", ValueType([shape[0], shape[1], 1, 1]))
        rewriter.replace(
          [index],
          with: [
            Node(
              name: node.name, operation: GlobalPool(kind: kind), inputs: [input], outputs: [pooled]),
            Node(
              name: "\(node.name).squeezed", operation: Reshape(shape: shape.dimensions), inputs: [pooled],
              outputs: node.outputs),
          ])
      }
    }
    return rewriter.result()
  }
}
