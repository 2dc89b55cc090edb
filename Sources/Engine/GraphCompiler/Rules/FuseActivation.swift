import Graphs

/// Lets a convolution or fully connected layer apply the activation that follows it.
package struct FuseActivation: RewriteRule {
  package static let name = "Activation fusion"

  package init() {}

  package func rewrite(_ graph: Graph) throws -> Graph? {
    var rewriter = GraphRewriter(graph)
    for (index, node) in graph.nodes.enumerated() {
      guard let activation = node.operation as? Activation, rewriter.isUntouched(index),
        let input = node.inputs[0], rewriter.onlyReader(of: input) == index,
        let writer = rewriter.writer(of: input)
      else { continue }
      var layer = graph.nodes[writer]
      guard var operation = layer.operation as? any ActivatedOperator, operation.activation == .identity,
        !operation.hasSlope(layer)
      else { continue }
      operation.activation = activation.function
      layer.operation = operation
      layer.outputs = node.outputs
      rewriter.replace([writer, index], with: [layer])
    }
    return rewriter.result()
  }
}

/// An operator that ends in an activation.
private protocol ActivatedOperator: Operator {
  var activation: ActivationFunction { get set }
}

extension ActivatedOperator {
  /// Whether a PReLU stands in the activation's place.
  fileprivate func hasSlope(_ node: Node) -> Bool {
    self is Convolution && node.inputs.count > 3 && node.inputs[3] != nil
  }
}

extension Convolution: ActivatedOperator {}
extension ConvolutionTranspose: ActivatedOperator {}
extension Linear: ActivatedOperator {}
