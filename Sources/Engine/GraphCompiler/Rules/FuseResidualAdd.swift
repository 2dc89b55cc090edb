import Graphs

/// Lets a convolution add the value that a residual connection adds to its result.
///
/// The convolution moves to the addition's place, so that the other value is there before it.
package struct FuseResidualAdd: RewriteRule {
  package static let name = "Residual addition fusion"

  package init() {}

  package func rewrite(_ graph: Graph) throws -> Graph? {
    var rewriter = GraphRewriter(graph)
    for (index, node) in graph.nodes.enumerated() {
      guard node.operation as? BinaryArithmetic == BinaryArithmetic(.add), rewriter.isUntouched(index),
        let left = node.inputs[0], let right = node.inputs[1], left != right,
        graph[left].type == graph[right].type
      else { continue }
      let candidates = [(left, right), (right, left)].compactMap { value, residual in
        convolution(writing: value, in: rewriter).map { (index: $0, residual: residual) }
      }
      // Of two convolutions the later one, which keeps fewer values alive.
      guard let chosen = candidates.max(by: { $0.index < $1.index }) else { continue }
      var layer = graph.nodes[chosen.index]
      layer.inputs += [ValueID?](repeating: nil, count: max(0, 5 - layer.inputs.count))
      layer.inputs[4] = chosen.residual
      layer.outputs = node.outputs
      rewriter.replace([chosen.index, index], with: [layer])
    }
    return rewriter.result()
  }

  /// Returns the index of a convolution that ends in its sum and whose result only the addition reads.
  private func convolution(writing value: ValueID, in rewriter: GraphRewriter) -> Int? {
    guard let writer = rewriter.writer(of: value, as: Convolution.self),
      writer.operation.activation == .identity, rewriter.onlyReader(of: value) != nil,
      rewriter.graph.nodes[writer.index].inputs.dropFirst(3).allSatisfy({ $0 == nil })
    else { return nil }
    return writer.index
  }
}
