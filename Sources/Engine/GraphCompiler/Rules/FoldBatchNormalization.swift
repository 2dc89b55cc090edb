import Graphs

/// Folds a batch normalisation with constant statistics into the weights of the convolution it follows, or, where there is
/// none, turns it into a multiplication and an addition per channel.
///
/// With f = scale / sqrt(variance + epsilon): weight f, and (bias - mean) f + shift (Jacob et al., Quantization and
/// Training of Neural Networks, 2018, section 3.2).
package struct FoldBatchNormalization: RewriteRule {
  package static let name = "Batch normalisation folding"

  package init() {}

  package func rewrite(_ graph: Graph) throws -> Graph? {
    var rewriter = GraphRewriter(graph)
    for (index, node) in graph.nodes.enumerated() {
      guard let normalization = node.operation as? BatchNormalization, rewriter.isUntouched(index),
        let input = node.inputs[0], let scale = rewriter.floats(node.inputs[1]),
        let shift = rewriter.floats(node.inputs[2]), let mean = rewriter.floats(node.inputs[3]),
        let variance = rewriter.floats(node.inputs[4])
      else { continue }
      let factors = zip(scale, variance).map { $0 / ($1 + normalization.epsilon).squareRoot() }
      let terms = zip(shift, zip(mean, factors)).map { $0 - $1.0 * $1.1 }
      if let affine = ConvolutionAffine(before: input, in: rewriter) {
        let folded = affine.node(
          factors: factors, terms: terms, outputs: node.outputs, in: &rewriter)
        rewriter.replace([affine.index, index], with: [folded])
      } else {
        let rank = graph[input].type.shape.rank
        let nodes = ChannelArithmetic.nodes(
          input, factors: factors, terms: terms, rank: rank, name: node.name, outputs: node.outputs,
          in: &rewriter)
        rewriter.replace([index], with: nodes)
      }
    }
    return rewriter.result()
  }
}
