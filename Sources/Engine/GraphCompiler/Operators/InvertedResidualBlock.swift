import Graphs
import Tensors

/// A widening pointwise convolution, a depthwise one and a narrowing pointwise one, with what is fused into them, as one
/// operator (Sandler et al., MobileNetV2, 2018). Only the compiler makes it.
///
/// Operands: the image; weight and bias (optional) of each of the three convolutions; the last one's residual, optional.
package struct InvertedResidualBlock: Operator, Hashable {
  package static let name = "InvertedResidual"

  /// The convolutions, in order; without slopes.
  package var expand, depthwise, project: Convolution

  /// Makes a block.
  package init(expand: Convolution, depthwise: Convolution, project: Convolution) {
    self.expand = expand
    self.depthwise = depthwise
    self.project = project
  }

  package func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let wide = try expand.outputTypes(for: Array(inputs[...2]))
    let filtered = try depthwise.outputTypes(for: [wide[0], inputs[3], inputs[4]])
    return try project.outputTypes(for: [filtered[0], inputs[5], inputs[6], nil, inputs[7]])
  }

  package func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    guard let wide = try? expand.outputTypes(for: Array(inputs[...2])),
      let filtered = try? depthwise.outputTypes(for: [wide[0], inputs[3], inputs[4]])
    else { return Cost(multiplyAdds: 0, bytes: 0) }
    let parts = [
      expand.cost(inputs: Array(inputs[...2]), outputs: wide),
      depthwise.cost(inputs: [wide[0], inputs[3], inputs[4]], outputs: filtered),
      project.cost(inputs: [filtered[0], inputs[5], inputs[6]], outputs: outputs),
    ]
    // The images between the convolutions never leave the cache.
    return Cost(
      multiplyAdds: parts.reduce(0) { $0 + $1.multiplyAdds },
      bytes: Cost.traffic(inputs: inputs, outputs: outputs))
  }

  package func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let wide = try expand.evaluate(Array(inputs[...2]))
    let filtered = try depthwise.evaluate([wide[0], inputs[3], inputs[4]])
    return try project.evaluate([filtered[0], inputs[5], inputs[6], nil, inputs[7]])
  }
}
