import ComputeKernels
import Graphs

/// Joins the three convolutions of an inverted residual whose wide image is too large for the cache.
package struct FuseInvertedResidual: RewriteRule {
  package static let name = "Inverted residual fusion"

  /// Whether the block pays for a wide image of this height, width and number of channels.
  private let pays: @Sendable (ImageShape) -> Bool

  package init() { self.init(pays: InvertedResidual.pays) }

  /// Makes a rule that fuses where `pays` says.
  package init(pays: @escaping @Sendable (ImageShape) -> Bool) { self.pays = pays }

  package func rewrite(_ graph: Graph) throws -> Graph? {
    var rewriter = GraphRewriter(graph)
    for (index, node) in graph.nodes.enumerated() {
      guard let project = node.operation as? Convolution, rewriter.isUntouched(index),
        Self.isPointwise(project, node, graph),
        let filter = Self.convolution(before: node, in: rewriter), Self.isPlain(filter.node),
        Self.isDepthwise(filter.operation, filter.node, graph),
        let widen = Self.convolution(before: filter.node, in: rewriter), Self.isPlain(widen.node),
        Self.isPointwise(widen.operation, widen.node, graph), let image = widen.node.inputs[0]
      else { continue }
      let wide = graph[widen.node.outputs[0]].type.shape
      guard pays(ImageShape(batch: wide[0], height: wide[2], width: wide[3], channels: wide[1])) else {
        continue
      }
      func weights(_ node: Node) -> [ValueID?] {
        [node.inputs[1], node.inputs.count > 2 ? node.inputs[2] : nil]
      }
      let block = InvertedResidualBlock(
        expand: widen.operation, depthwise: filter.operation, project: project)
      let residual = node.inputs.count > 4 ? node.inputs[4] : nil
      rewriter.replace(
        [widen.index, filter.index, index],
        with: [
          Node(
            name: node.name, operation: block,
            inputs: [image] + weights(widen.node) + weights(filter.node) + weights(node) + [residual],
            outputs: node.outputs)
        ])
    }
    return rewriter.result()
  }

  /// Returns the convolution whose result `node` alone reads.
  private static func convolution(before node: Node, in rewriter: GraphRewriter)
    -> (index: Int, operation: Convolution, node: Node)?
  {
    guard let input = node.inputs[0], let writer = rewriter.writer(of: input, as: Convolution.self),
      rewriter.onlyReader(of: input) != nil
    else { return nil }
    return (writer.index, writer.operation, rewriter.graph.nodes[writer.index])
  }

  /// Whether a convolution has neither slope nor residual.
  private static func isPlain(_ node: Node) -> Bool { node.inputs.dropFirst(3).allSatisfy { $0 == nil } }

  private static func hasConstants(_ node: Node, _ graph: Graph) -> Bool {
    node.inputs.dropFirst().prefix(2).allSatisfy { $0.map { graph[$0].constant != nil } ?? true }
  }

  private static func isPointwise(_ convolution: Convolution, _ node: Node, _ graph: Graph) -> Bool {
    guard let weight = node.inputs[1], hasConstants(node, graph) else { return false }
    let shape = graph[weight].type.shape
    let hasSlope = node.inputs.count > 3 && node.inputs[3] != nil
    return shape[2] == 1 && shape[3] == 1 && convolution.strides == [1, 1] && convolution.groups == 1
      && convolution.padding == Padding() && !hasSlope
  }

  private static func isDepthwise(_ convolution: Convolution, _ node: Node, _ graph: Graph) -> Bool {
    guard let weight = node.inputs[1], let input = node.inputs[0], hasConstants(node, graph) else {
      return false
    }
    return convolution.groups == graph[input].type.shape[1]
      && graph[weight].type.shape[0] == convolution.groups
      && convolution.dilations[0] == 1 && convolution.groups > 1
  }
}
