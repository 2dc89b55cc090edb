import Graphs
import Tensors

/// Lets a convolution apply the PReLU that follows it.
package struct FuseParametricRelu: RewriteRule {
  package static let name = "PReLU fusion"

  package init() {}

  package func rewrite(_ graph: Graph) throws -> Graph? {
    var rewriter = GraphRewriter(graph)
    for (index, node) in graph.nodes.enumerated() where node.operation is ParametricRelu {
      guard rewriter.isUntouched(index), let input = node.inputs[0],
        rewriter.onlyReader(of: input) == index, let slopeValue = node.inputs[1],
        let writer = rewriter.writer(of: input, as: Convolution.self),
        writer.operation.activation == .identity
      else { continue }
      let channels = graph[input].type.shape[1]
      let slopeShape = graph[slopeValue].type.shape
      // PReLU's own rule: a slope of rank 1 counts along the channels, whatever the rank of x.
      let slope =
        slopeShape == [channels]
        ? rewriter.floats(slopeValue) : rewriter.perChannel(slopeValue, channels: channels, rank: 4)
      var layer = graph.nodes[writer.index]
      layer.inputs += [ValueID?](repeating: nil, count: max(0, 4 - layer.inputs.count))
      guard let slope, layer.inputs[3] == nil else { continue }
      layer.inputs[3] = rewriter.addConstant("\(node.name).slope", Tensor([channels], elements: slope))
      layer.outputs = node.outputs
      rewriter.replace([writer.index, index], with: [layer])
    }
    return rewriter.result()
  }
}
