import Graphs
import Tensors

/// A chain of convolutions and resizings, with what is fused into them, as one operator that runs in one pass over rows.
/// Only the compiler makes it.
///
/// Operands: the image; then, for each convolution, weight, bias (optional) and residual (optional).
package struct RowPipelineBlock: Operator, Hashable {
  package static let name = "RowPipeline"

  /// One operator of the chain.
  package enum Stage: Hashable, Sendable {
    case convolution(Convolution)
    case resize(Resize)

    var operation: any Operator {
      switch self {
      case .convolution(let convolution): convolution
      case .resize(let resize): resize
      }
    }

    /// Operands besides the image.
    var operandCount: Int {
      if case .convolution = self { 3 } else { 0 }
    }

    /// The operands of the stage's operator, of the image and those of the block.
    func operands<Operand>(_ image: Operand?, _ others: ArraySlice<Operand?>) -> [Operand?] {
      guard case .convolution = self else { return [image] }
      let first = others.startIndex
      return [image, others[first], others[first + 1], nil, others[first + 2]]
    }
  }

  /// The operators, in order; convolutions without slopes.
  package var stages: [Stage]

  /// Makes a block.
  package init(stages: [Stage]) { self.stages = stages }

  package func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    [try stageTypes(for: inputs).last!.output]
  }

  package func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    guard let types = try? stageTypes(for: inputs) else { return Cost(multiplyAdds: 0, bytes: 0) }
    let parts = zip(stages, types).map { $0.operation.cost(inputs: $1.inputs, outputs: [$1.output]) }
    // The images between the stages never leave the cache.
    return Cost(
      multiplyAdds: parts.reduce(0) { $0 + $1.multiplyAdds },
      bytes: Cost.traffic(inputs: inputs, outputs: outputs))
  }

  package func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    var rest = inputs.dropFirst()
    return try stages.reduce([inputs[0]!]) { images, stage in
      defer { rest = rest.dropFirst(stage.operandCount) }
      return try stage.operation.evaluate(stage.operands(images[0], rest))
    }
  }

  /// Returns the types of each stage's operands and of its result.
  package func stageTypes(for inputs: [ValueType?]) throws -> [(inputs: [ValueType?], output: ValueType)] {
    var rest = inputs.dropFirst()
    var image = inputs.first ?? nil
    return try stages.map { stage in
      let operands = stage.operands(image, rest)
      rest = rest.dropFirst(stage.operandCount)
      let output = try stage.operation.outputTypes(for: operands)[0]
      image = output
      return (operands, output)
    }
  }
}
