import Graphs
import Tensors

extension TFLiteOperators {
  static let reshaping: [TFLiteBuiltin] = [
    .init(22, "RESHAPE", toOutputShape), .init(43, "SQUEEZE", toOutputShape),
    .init(70, "EXPAND_DIMS", toOutputShape),
    .init(39, "TRANSPOSE") { node, builder in
      let permutation = try node.integers(1, "the permutation")
      return try builder.apply(Transpose(permutation: permutation), [node.operand(0)], for: node)
    },
    .init(5, "DEPTH_TO_SPACE") { node, builder in
      let (value, block) = (try node.operand(0), try blockSize(of: node))
      let shape = value.shape
      guard shape.rank == 4, shape[3] % (block * block) == 0 else {
        throw node.failure("a value of shape \(shape) does not divide into blocks of \(block)")
      }
      let channels = shape[3] / (block * block)
      let split = [shape[0], shape[1], shape[2], block, block, channels]
      let parts = try builder.apply(Reshape(shape: split), [value], for: node)
      let ordered = try builder.apply(Transpose(permutation: [0, 1, 3, 2, 4, 5]), parts, for: node)
      let result = [shape[0], shape[1] * block, shape[2] * block, channels]
      return try builder.apply(Reshape(shape: result), ordered, for: node)
    },
    .init(26, "SPACE_TO_DEPTH") { node, builder in
      let (value, block) = (try node.operand(0), try blockSize(of: node))
      let shape = value.shape
      guard shape.rank == 4, shape[1] % block == 0, shape[2] % block == 0 else {
        throw node.failure("a value of shape \(shape) does not divide into blocks of \(block)")
      }
      let split = [shape[0], shape[1] / block, block, shape[2] / block, block, shape[3]]
      let parts = try builder.apply(Reshape(shape: split), [value], for: node)
      let ordered = try builder.apply(Transpose(permutation: [0, 1, 3, 2, 4, 5]), parts, for: node)
      let result = [shape[0], shape[1] / block, shape[2] / block, shape[3] * block * block]
      return try builder.apply(Reshape(shape: result), ordered, for: node)
    },
    .init(34, "PAD") { node, builder in try pad(node, &builder, mode: .constant(0)) },
    .init(60, "PADV2") { node, builder in
      let value = try node.constant(2, "the constant")
      guard value.elementType == .float32, value.shape.elementCount == 1 else {
        throw node.failure("the constant is not one floating-point number")
      }
      return try pad(node, &builder, mode: .constant(value.elements(as: Float.self)[0]))
    },
    .init(100, "MIRROR_PAD") { node, builder in
      guard try node.choice(0) == 0 else { throw node.failure("only reflection is supported") }
      return try pad(node, &builder, mode: .reflect)
    },
    .init(45, "STRIDED_SLICE") { node, builder in
      let starts = try node.integers(1, "the starts")
      var ends = try node.integers(2, "the ends")
      var first = starts
      let (steps, shape) = (try node.integers(3, "the steps"), try node.outputShape())
      // Bits say which bounds do not count, and which axes are taken at one index and vanish.
      let masks = try (0..<5).map { try node.integer($0) }
      guard masks[2] == 0, masks[3] == 0, ends.count == starts.count, steps.count == starts.count else {
        throw node.failure("ellipses and new axes are not supported")
      }
      for axis in starts.indices.prefix(31) {
        let bit = 1 << axis
        if masks[0] & bit != 0 { first[axis] = steps[axis] > 0 ? 0 : .max }
        if masks[1] & bit != 0 { ends[axis] = steps[axis] > 0 ? .max : .min }
        if masks[4] & bit != 0 { ends[axis] = first[axis] == -1 ? .max : first[axis] + 1 }
      }
      let part = try builder.apply(
        Slice(starts: first, ends: ends, steps: steps), [node.operand(0)], for: node)
      return try builder.apply(Reshape(shape: shape.dimensions), part, for: node)
    },
    .init(65, "SLICE") { node, builder in
      let (starts, sizes) = (try node.integers(1, "the starts"), try node.integers(2, "the sizes"))
      let ends = zip(starts, sizes).map { $1 < 0 ? Int.max : $0.addingReportingOverflow($1).partialValue }
      return try builder.apply(Slice(starts: starts, ends: ends), [node.operand(0)], for: node)
    },
  ]

  private static let toOutputShape: TFLiteConverter = { node, builder in
    // The file says the shape of every value, which spares reading the operand with the shape.
    try builder.apply(Reshape(shape: node.outputShape().dimensions), [node.operand(0)], for: node)
  }

  private static func blockSize(of node: TFLiteNode) throws -> Int {
    let size = try node.integer(0)
    guard (1...1024).contains(size) else { throw node.failure("a block of \(size)") }
    return size
  }

  private static func pad(_ node: TFLiteNode, _ builder: inout TFLiteGraphBuilder, mode: Pad.Mode) throws
    -> [TFLiteOperand]
  {
    let (value, amounts) = (try node.operand(0), try node.integers(1, "the amounts"))
    guard amounts.count == 2 * value.shape.rank else {
      throw node.failure("\(amounts.count) amounts for \(value.shape.rank) axes")
    }
    var before = value.shape.dimensions.indices.map { amounts[2 * $0] }
    var after = value.shape.dimensions.indices.map { amounts[2 * $0 + 1] }
    if value.isImage {
      before = TFLiteGraphBuilder.imageAxes.map { before[$0] }
      after = TFLiteGraphBuilder.imageAxes.map { after[$0] }
    }
    return [try builder.map(Pad(mode: mode, before: before, after: after), value, for: node)]
  }
}
