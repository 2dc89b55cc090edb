import Graphs
import Tensors

extension OnnxOperators {
  static let softmaxes: [String: OnnxConverter] = [
    "Softmax": alongAxis { value, axis, node, builder in
      try builder.apply(Softmax(axis: axis), value, for: node)
    },
    "LogSoftmax": alongAxis { value, axis, node, builder in
      let sum = try builder.apply(Reduce(kind: .logSumExp, axes: [axis]), value, for: node)
      return try builder.combine(.subtract, value, sum, for: node)
    },
    "Hardmax": alongAxis { value, axis, node, builder in
      let operation = ArgumentOfExtreme(.maximum, axis: axis, keepsDimensions: false)
      let indices = try builder.apply(operation, value, for: node)
      let values = builder.constant(Tensor([2], elements: [Float(0), 1]), of: node)
      return try builder.apply(OneHot(axis: axis, depth: value.shape[axis]), indices, values, for: node)
    },
  ]

  /// Returns the converter of a function along one axis; before operator set 13, all axes from that one on were one.
  private static func alongAxis(
    _ function: @escaping @Sendable (OnnxOperand, Int, OnnxNode, inout OnnxGraphBuilder) throws -> OnnxOperand
  ) -> OnnxConverter {
    { node, builder in
      let value = try node.operand(0)
      let rank = value.shape.rank
      let isJoint = node.operatorSet < 13
      let axis = try node.axis(node.integer("axis") ?? (isJoint ? 1 : -1), rank: rank)
      guard isJoint, axis < rank - 1 else { return [try function(value, axis, node, &builder)] }
      let rows = value.shape.dimensions[..<axis].reduce(1, *)
      let columns = value.shape.dimensions[axis...].reduce(1, *)
      let flat = try builder.reshape(value, [rows, columns], for: node)
      let result = try function(flat, 1, node, &builder)
      return [try builder.reshape(result, value.shape.dimensions, for: node)]
    }
  }
}
