import Graphs

/// Lets a convolution pad by itself instead of reading an image padded with zeros.
package struct FusePadding: RewriteRule {
  package static let name = "Padding fusion"

  package init() {}

  package func rewrite(_ graph: Graph) throws -> Graph? {
    var rewriter = GraphRewriter(graph)
    for (index, node) in graph.nodes.enumerated() {
      guard var convolution = node.operation as? Convolution, rewriter.isUntouched(index),
        let pad = rewriter.writer(of: node.inputs[0], as: Pad.self), pad.operation.mode == .constant(0),
        (pad.operation.before + pad.operation.after).allSatisfy({ $0 >= 0 }),
        (pad.operation.before[..<2] + pad.operation.after[..<2]).allSatisfy({ $0 == 0 })
      else { continue }
      convolution.padding.top += pad.operation.before[2]
      convolution.padding.left += pad.operation.before[3]
      convolution.padding.bottom += pad.operation.after[2]
      convolution.padding.right += pad.operation.after[3]
      var fused = node
      fused.operation = convolution
      fused.inputs[0] = graph.nodes[pad.index].inputs[0]
      rewriter.replace([index], with: [fused], examined: [pad.index])
    }
    return rewriter.result()
  }
}
