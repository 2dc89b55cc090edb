import Graphs
import Tensors

extension TFLiteOperators {
  static let joining: [TFLiteBuiltin] = [
    .init(2, "CONCATENATION") { node, builder in
      let operands = try node.operands.indices.map { try node.operand($0) }
      let axis = try node.axis(node.integer(0), rank: node.outputShape().rank)
      let result: [TFLiteOperand]
      if operands.contains(where: \.isImage),
        let imageAxis = TFLiteGraphBuilder.imageAxes.firstIndex(of: axis)
      {
        let images = try operands.map { try builder.image($0, for: node) }
        result = try builder.applyToImages(Concatenation(axis: imageAxis), images, for: node)
      } else {
        result = try builder.apply(Concatenation(axis: axis), operands, for: node)
      }
      return try builder.activate(result, node.activation(1), for: node)
    },
    .init(49, "SPLIT") { node, builder in
      let value = try node.operand(1)
      guard let given = try node.integers(0, "the axis").first else {
        throw node.failure("the axis is missing")
      }
      let (axis, count) = (try node.axis(given, rank: value.shape.rank), try node.integer(0))
      guard count > 0, value.shape[axis] % count == 0 else {
        throw node.failure("\(value.shape[axis]) elements in \(count) parts")
      }
      let sizes = [Int](repeating: value.shape[axis] / count, count: count)
      return try builder.apply(Split(axis: axis, sizes: sizes), [value], for: node)
    },
    .init(83, "PACK") { node, builder in
      let shape = try node.outputShape()
      let axis = try node.axis(node.integer(1), rank: shape.rank)
      var one = shape.dimensions
      one[axis] = 1
      let parts = try node.operands.indices.map { index in
        try builder.apply(Reshape(shape: one), [node.operand(index)], for: node)[0]
      }
      return try builder.apply(Concatenation(axis: axis), parts, for: node)
    },
    .init(36, "GATHER") { node, builder in
      let operation = Gather(axis: try node.integer(0))
      return try builder.apply(operation, [node.operand(0), node.operand(1)], for: node)
    },
    .init(126, "BATCH_MATMUL") { node, builder in
      func matrix(_ index: Int, isTurned: Bool) throws -> TFLiteOperand {
        let operand = try node.operand(index)
        guard isTurned else { return operand }
        guard operand.shape.rank >= 2 else { throw node.failure("operand \(index + 1) is no matrix") }
        var permutation = Array(operand.shape.dimensions.indices)
        permutation.swapAt(permutation.count - 1, permutation.count - 2)
        return try builder.apply(Transpose(permutation: permutation), [operand], for: node)[0]
      }
      let operands = [try matrix(0, isTurned: node.flag(0)), try matrix(1, isTurned: node.flag(1))]
      return try builder.apply(MatrixProduct(), operands, for: node)
    },
  ]
}
