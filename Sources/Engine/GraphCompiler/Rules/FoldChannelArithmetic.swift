import Graphs

/// Folds a multiplication, division, addition or subtraction of one constant per channel into the weights of the
/// convolution before it.
package struct FoldChannelArithmetic: RewriteRule {
  package static let name = "Channel arithmetic folding"

  package init() {}

  package func rewrite(_ graph: Graph) throws -> Graph? {
    var rewriter = GraphRewriter(graph)
    for (index, node) in graph.nodes.enumerated() {
      guard let arithmetic = node.operation as? BinaryArithmetic, rewriter.isUntouched(index) else {
        continue
      }
      for (value, constant, isSwapped) in [
        (node.inputs[0], node.inputs[1], false), (node.inputs[1], node.inputs[0], true),
      ] {
        guard let value, let affine = ConvolutionAffine(before: value, in: rewriter),
          graph[value].type == graph[node.outputs[0]].type,
          let numbers = rewriter.perChannel(constant, channels: affine.channels(in: graph), rank: 4),
          let (factors, terms) = Self.affine(arithmetic.operation, numbers, isSwapped: isSwapped)
        else { continue }
        let folded = affine.node(factors: factors, terms: terms, outputs: node.outputs, in: &rewriter)
        rewriter.replace([affine.index, index], with: [folded])
        break
      }
    }
    return rewriter.result()
  }

  /// Returns what the operation multiplies by and then adds; with `isSwapped`, the constant is its left operand.
  private static func affine(_ operation: BinaryArithmetic.Operation, _ numbers: [Float], isSwapped: Bool)
    -> (factors: [Float], terms: [Float])?
  {
    let zeros = [Float](repeating: 0, count: numbers.count)
    let ones = [Float](repeating: 1, count: numbers.count)
    return switch (operation, isSwapped) {
    case (.multiply, _): (numbers, zeros)
    case (.divide, false): (numbers.map { 1 / $0 }, zeros)
    case (.add, _): (ones, numbers)
    case (.subtract, false): (ones, numbers.map { -$0 })
    case (.subtract, true): (ones.map { -$0 }, numbers)
    default: nil
    }
  }
}
