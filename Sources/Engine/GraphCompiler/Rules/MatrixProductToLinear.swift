import Graphs

/// Turns a matrix product with a constant matrix into a fully connected layer, together with a constant added behind it.
package struct MatrixProductToLinear: RewriteRule {
  package static let name = "Matrix product to linear"

  package init() {}

  package func rewrite(_ graph: Graph) throws -> Graph? {
    var rewriter = GraphRewriter(graph)
    for (index, node) in graph.nodes.enumerated() where rewriter.isUntouched(index) {
      if node.operation is MatrixProduct {
        guard let left = node.inputs[0], let right = node.inputs[1], graph[left].type.shape.rank >= 2,
          graph[right].constant != nil, graph[right].type.shape.rank == 2
        else { continue }
        var layer = node
        layer.operation = Linear()
        rewriter.replace([index], with: [layer])
      } else if node.operation as? BinaryArithmetic == BinaryArithmetic(.add) {
        absorbAddition(index, node, &rewriter)
      }
    }
    return rewriter.result()
  }

  /// Makes the constant of an addition behind a linear layer without bias that layer's bias.
  private func absorbAddition(_ index: Int, _ node: Node, _ rewriter: inout GraphRewriter) {
    let graph = rewriter.graph
    for (value, bias) in [(node.inputs[0], node.inputs[1]), (node.inputs[1], node.inputs[0])] {
      guard let value, let bias, let writer = rewriter.writer(of: value, as: Linear.self),
        writer.operation.activation == .identity, rewriter.onlyReader(of: value) == index,
        graph[bias].constant != nil, graph[bias].type.shape == [graph[value].type.shape[-1]]
      else { continue }
      var layer = graph.nodes[writer.index]
      guard layer.inputs.count < 3 || layer.inputs[2] == nil else { continue }
      var operation = writer.operation
      operation.beta = 1
      layer.operation = operation
      layer.inputs = [layer.inputs[0], layer.inputs[1], bias]
      layer.outputs = node.outputs
      rewriter.replace([writer.index, index], with: [layer])
      return
    }
  }
}
