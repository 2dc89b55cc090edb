import ComputeKernels
import Graphs
import Tensors

/// Joins chains of pointwise and depthwise convolutions and resizings where an image between them is too large for the
/// cache.
package struct FuseRowPipeline: RewriteRule {
  package static let name = "Row pipeline fusion"

  /// Whether keeping an image between two operators in the cache pays.
  private let pays: @Sendable (ImageShape) -> Bool

  package init() { self.init(pays: RowPipeline.pays) }

  /// Makes a rule that joins where `pays` says.
  package init(pays: @escaping @Sendable (ImageShape) -> Bool) { self.pays = pays }

  package func rewrite(_ graph: Graph) throws -> Graph? {
    var rewriter = GraphRewriter(graph)
    for index in graph.nodes.indices where rewriter.isUntouched(index) {
      let chain = chain(from: index, in: rewriter)
      guard chain.count > 1 else { continue }
      let nodes = chain.map { graph.nodes[$0.index] }
      rewriter.replace(
        chain.map(\.index),
        with: [
          Node(
            name: nodes.last!.name, operation: RowPipelineBlock(stages: chain.map(\.stage)),
            inputs: [nodes[0].inputs[0]] + zip(chain, nodes).flatMap { $0.stage.operands(of: $1) },
            outputs: nodes.last!.outputs)
        ])
    }
    return rewriter.result()
  }

  private typealias Link = (index: Int, stage: RowPipelineBlock.Stage)

  /// Returns the operators from the node at `index` on that pay to be joined; a lone one when none does.
  private func chain(from index: Int, in rewriter: GraphRewriter) -> [Link] {
    let graph = rewriter.graph
    guard let first = Self.stage(graph.nodes[index], graph) else { return [] }
    var chain = [(index: index, stage: first)]
    var byteCount = first.weightByteCount(graph.nodes[index], graph)
    while chain.count < RowPipeline.maximumStages {
      let between = graph.nodes[chain.last!.index].outputs[0]
      let shape = graph[between].type.shape
      guard let reader = rewriter.onlyReader(of: between), graph.nodes[reader].inputs[0] == between,
        let stage = Self.stage(graph.nodes[reader], graph),
        pays(ImageShape(batch: shape[0], height: shape[2], width: shape[3], channels: shape[1]))
      else { break }
      let ring = stage.windowRows(graph.nodes[reader], graph) * shape[3] * shape[1]
      byteCount +=
        ring * MemoryLayout<Float>.stride + stage.weightByteCount(graph.nodes[reader], graph)
      guard byteCount <= RowPipeline.cacheBudget else { break }
      chain.append((reader, stage))
    }
    return chain
  }

  /// Returns a node as a stage, if it can be one.
  private static func stage(_ node: Node, _ graph: Graph) -> RowPipelineBlock.Stage? {
    guard let input = node.inputs[0], graph[input].type.elementType == .float32 else { return nil }
    switch node.operation {
    case let convolution as Convolution where isPointwise(convolution, node, graph):
      return .convolution(convolution)
    case let convolution as Convolution where isDepthwise(convolution, node, graph):
      return .convolution(convolution)
    case let resize as Graphs.Resize where resize.mode == .bilinear && resize.kernelCoordinates != nil:
      return .resize(resize)
    default:
      return nil
    }
  }

  /// Whether the weight and the bias are constants and there is no slope.
  private static func isPlain(_ node: Node, _ graph: Graph) -> Bool {
    let hasConstants = node.inputs.dropFirst().prefix(2).allSatisfy {
      $0.map { graph[$0].constant != nil } ?? true
    }
    return hasConstants && (node.inputs.count < 4 || node.inputs[3] == nil)
  }

  private static func isPointwise(_ convolution: Convolution, _ node: Node, _ graph: Graph) -> Bool {
    guard let weight = node.inputs[1], isPlain(node, graph) else { return false }
    let shape = graph[weight].type.shape
    return shape[2] == 1 && shape[3] == 1 && convolution.strides == [1, 1] && convolution.groups == 1
      && convolution.padding == Padding()
  }

  private static func isDepthwise(_ convolution: Convolution, _ node: Node, _ graph: Graph) -> Bool {
    guard let weight = node.inputs[1], let input = node.inputs[0], isPlain(node, graph) else { return false }
    let hasResidual = node.inputs.count > 4 && node.inputs[4] != nil
    return convolution.groups == graph[input].type.shape[1] && convolution.groups > 1 && !hasResidual
      && graph[weight].type.shape[0] == convolution.groups
      && graph[weight].type.shape[2] <= DepthwiseConvolution.maximumKernelHeight
  }
}

extension RowPipelineBlock.Stage {
  /// The block's operands that belong to a node: weight, bias and residual of a convolution.
  fileprivate func operands(of node: Node) -> [ValueID?] {
    guard case .convolution = self else { return [] }
    return [1, 2, 4].map { $0 < node.inputs.count ? node.inputs[$0] : nil }
  }

  /// Rows of its image that one row of its result needs.
  fileprivate func windowRows(_ node: Node, _ graph: Graph) -> Int {
    guard case .convolution(let convolution) = self, let weight = node.inputs[1] else { return 2 }
    return (graph[weight].type.shape[2] - 1) * convolution.dilations[0] + 1
  }

  fileprivate func weightByteCount(_ node: Node, _ graph: Graph) -> Int {
    guard case .convolution = self, let weight = node.inputs[1] else { return 0 }
    return graph[weight].type.byteCount
  }
}
