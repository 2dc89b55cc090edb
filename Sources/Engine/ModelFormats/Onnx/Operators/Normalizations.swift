import Graphs
import Tensors

extension OnnxOperators {
  static let normalizations: [String: OnnxConverter] = [
    "BatchNormalization": { node, builder in
      guard try node.integer("training_mode") ?? 0 == 0, try node.integer("spatial") ?? 1 == 1 else {
        throw node.failure("only inference with one mean and variance per channel is supported")
      }
      let operation = BatchNormalization(epsilon: try node.float("epsilon") ?? 1e-5)
      return try builder.apply(operation, (0..<5).map { try node.operand($0) }, for: node)
    },
    "LayerNormalization": { node, builder in
      let operation = LayerNormalization(
        axis: try node.integer("axis") ?? -1, epsilon: try node.float("epsilon") ?? 1e-5)
      return [
        try builder.apply(operation, node.operand(0), node.operand(1), node.optionalOperand(2), for: node)
      ]
    },
    "Softmax": softmax,
  ]

  /// Before operator set 13, all axes from `axis` on were one.
  private static func softmax(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws -> [OnnxOperand] {
    let value = try node.operand(0)
    let rank = value.shape.rank
    let isJoint = node.operatorSet < 13
    let axis = try node.axis(node.integer("axis") ?? (isJoint ? 1 : -1), rank: rank)
    guard isJoint, axis < rank - 1 else { return [try builder.apply(Softmax(axis: axis), value, for: node)] }
    let rows = value.shape.dimensions[..<axis].reduce(1, *)
    let columns = value.shape.dimensions[axis...].reduce(1, *)
    let flat = try builder.apply(Reshape(shape: [rows, columns]), value, for: node)
    let result = try builder.apply(Softmax(axis: 1), flat, for: node)
    return [try builder.apply(Reshape(shape: value.shape.dimensions), result, for: node)]
  }
}
