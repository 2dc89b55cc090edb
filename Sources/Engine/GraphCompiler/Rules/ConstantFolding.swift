import Graphs

/// Computes nodes whose operands are all known before any run.
package struct ConstantFolding: RewriteRule {
  package static let name = "Constant folding"

  /// Results larger than their operands by more than this many bytes stay computed, so that a small file cannot fill
  /// the memory.
  private let growthLimit = 64 << 20

  package init() {}

  package func rewrite(_ graph: Graph) throws -> Graph? {
    var folded = graph
    folded.nodes = []
    for node in graph.nodes {
      let operands = node.inputs.map { $0.flatMap { folded[$0].constant } }
      let isKnown = zip(node.inputs, operands).allSatisfy { $0 == nil || $1 != nil }
      let growth =
        node.outputs.reduce(0) { $0 + graph[$1].type.byteCount }
        - operands.reduce(0) { $0 + ($1?.byteCount ?? 0) }
      // A graph output must be written by a node.
      guard isKnown, growth <= growthLimit, !node.outputs.contains(where: graph.outputs.contains) else {
        folded.nodes.append(node)
        continue
      }
      for (output, tensor) in zip(node.outputs, try node.operation.evaluate(operands)) {
        folded[output].constant = tensor
      }
    }
    return folded.nodes.count == graph.nodes.count ? nil : folded
  }
}
