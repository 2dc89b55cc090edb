import Graphs
import Tensors

/// Attention of Vaswani et al. (2017), as ONNX defines it, and the rotation of positions that goes with it.
extension OnnxOperators {
  static let attentions: [String: OnnxConverter] = [
    "Attention": attention, "RotaryEmbedding": rotaryEmbedding,
    "Einsum": { node, builder in
      guard let equation = try node.text("equation") else { throw node.failure("the equation is missing") }
      let operands = try node.operands.indices.map { try node.operand($0) }
      return try builder.apply(Einsum(equation), operands, for: node)
    },
  ]

  private static func attention(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws -> [OnnxOperand] {
    let isFlat = try node.operand(0).shape.rank == 3
    let queryHeads = try node.integer("q_num_heads")
    let keyHeads = try node.integer("kv_num_heads")
    let query = try heads(node.operand(0), queryHeads, node, &builder)
    var key = try heads(node.operand(1), keyHeads, node, &builder)
    var value = try heads(node.operand(2), keyHeads, node, &builder)
    if let past = node.optionalOperand(4) {
      key = try builder.apply(Concatenation(axis: 2), [past, key], for: node)[0]
    }
    if let past = node.optionalOperand(5) {
      value = try builder.apply(Concatenation(axis: 2), [past, value], for: node)[0]
    }
    let (presentKey, presentValue) = (key, value)
    key = try repeatHeads(key, to: query.shape[1], node, &builder)
    value = try repeatHeads(value, to: query.shape[1], node, &builder)

    let scale = try node.float("scale") ?? 1 / Float(query.shape[3]).squareRoot()
    let scaled = try builder.combine(.multiply, query, scale, for: node)
    let turned = try builder.apply(Transpose(permutation: [0, 1, 3, 2]), key, for: node)
    var scores = try builder.apply(MatrixProduct(), scaled, turned, for: node)
    var stages = [scores]
    if let mask = try mask(node, &builder, queries: query.shape[2], keys: key.shape[2]) {
      scores = try builder.combine(.add, scores, mask, for: node)
    }
    stages.append(scores)
    if let cap = try node.float("softcap"), cap > 0 {
      let small = try builder.combine(.multiply, scores, 1 / cap, for: node)
      let bent = try builder.apply(Activation(.tanh), small, for: node)
      scores = try builder.combine(.multiply, bent, cap, for: node)
    }
    stages.append(scores)
    let weights = try builder.apply(Softmax(axis: -1), scores, for: node)
    stages.append(weights)
    var result = try builder.apply(MatrixProduct(), weights, value, for: node)
    if isFlat {
      let shape = result.shape
      result = try builder.apply(Transpose(permutation: [0, 2, 1, 3]), result, for: node)
      result = try builder.reshape(result, [shape[0], shape[2], shape[1] * shape[3]], for: node)
    }
    let stage = try node.integer("qk_matmul_output_mode") ?? 0
    guard stages.indices.contains(stage) else { throw node.failure("qk_matmul_output_mode is \(stage)") }
    return [result, presentKey, presentValue, stages[stage]]
  }

  /// Returns `[batch, positions, heads * size]` as `[batch, heads, positions, size]`.
  private static func heads(
    _ operand: OnnxOperand, _ count: Int?, _ node: OnnxNode, _ builder: inout OnnxGraphBuilder
  ) throws -> OnnxOperand {
    let shape = operand.shape
    if shape.rank == 4 { return operand }
    guard shape.rank == 3, let count, count > 0, shape[2] % count == 0 else {
      throw node.failure("an operand of shape \(shape) does not divide into heads")
    }
    let parts = try builder.reshape(operand, [shape[0], shape[1], count, shape[2] / count], for: node)
    return try builder.apply(Transpose(permutation: [0, 2, 1, 3]), parts, for: node)
  }

  /// Repeats each head until there are `count`, for queries that share keys.
  private static func repeatHeads(
    _ operand: OnnxOperand, to count: Int, _ node: OnnxNode, _ builder: inout OnnxGraphBuilder
  ) throws -> OnnxOperand {
    let shape = operand.shape
    guard shape[1] != count else { return operand }
    guard shape[1] > 0, count % shape[1] == 0 else {
      throw node.failure("\(count) heads of queries share \(shape[1]) of keys")
    }
    let apart = try builder.reshape(operand, [shape[0], shape[1], 1, shape[2], shape[3]], for: node)
    let expansion = Expand(shape: [1, 1, count / shape[1], 1, 1])
    return try builder.reshape(
      builder.apply(expansion, apart, for: node), [shape[0], count, shape[2], shape[3]], for: node)
  }

  /// Returns what is added to the scores: zero where a query may look, minus infinity where not.
  private static func mask(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder, queries: Int, keys: Int)
    throws
    -> OnnxOperand?
  {
    var result: OnnxOperand?
    if var mask = node.optionalOperand(3) {
      if mask.type.elementType == .bool {
        let hidden = builder.scalar(-.infinity, for: node)
        mask = try builder.apply(Select(), mask, builder.scalar(0, for: node), hidden, for: node)
      }
      if mask.shape.rank > 0, mask.shape[-1] < keys {
        var after = [Int](repeating: 0, count: mask.shape.rank)
        after[after.count - 1] = keys - mask.shape[-1]
        let operation = Pad(mode: .constant(-.infinity), before: after.map { _ in 0 }, after: after)
        mask = try builder.apply(operation, mask, for: node)
      }
      result = mask
    }
    if try node.flag("is_causal") {
      let past = node.optionalOperand(4)?.shape[2] ?? 0
      try builder.reserve(elements: queries * keys, for: node)
      let elements = (0..<queries * keys).map { $0 % keys > past + $0 / keys ? -Float.infinity : 0 }
      let causal = builder.constant(Tensor([queries, keys], elements: elements), of: node)
      result = try result.map { try builder.combine(.add, $0, causal, for: node) } ?? causal
    }
    if let lengths = node.optionalOperand(6) {
      let positions = builder.constant(Tensor([keys], elements: (0..<keys).map { Int64($0) }), of: node)
      let ends = try builder.reshape(
        builder.cast(lengths, to: .int64, for: node), [lengths.shape.elementCount, 1, 1, 1], for: node)
      let isReal = try builder.apply(Comparison(.less), positions, ends, for: node)
      let hidden = builder.scalar(-.infinity, for: node)
      let padding = try builder.apply(Select(), isReal, builder.scalar(0, for: node), hidden, for: node)
      result = try result.map { try builder.combine(.add, $0, padding, for: node) } ?? padding
    }
    return result
  }

  /// Turns pairs of features by an angle that grows with the position, of Su et al. (2021).
  private static func rotaryEmbedding(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws
    -> [OnnxOperand]
  {
    let given = try node.operand(0)
    let isFlat = given.shape.rank == 3
    let value = try heads(given, node.integer("num_heads"), node, &builder)
    let size = value.shape[3]
    let rotated = try node.integer("rotary_embedding_dim").flatMap { $0 == 0 ? nil : $0 } ?? size
    guard (2...max(size, 2)).contains(rotated), rotated % 2 == 0, rotated <= size else {
      throw node.failure("rotary_embedding_dim is \(rotated) of \(size)")
    }
    // [batch, 1, positions, half]: every head turns alike.
    let caches = try [1, 2].map { index in
      var cache = try node.operand(index)
      if let positions = node.optionalOperand(3) {
        cache = try builder.apply(Gather(axis: 0), cache, positions, for: node)
      }
      let shape = cache.shape
      guard shape.rank == 3, shape[2] == rotated / 2 else {
        throw node.failure("a cache has shape \(shape) for \(rotated) features")
      }
      return try builder.reshape(cache, [shape[0], 1, shape[1], shape[2]], for: node)
    }
    let (cosine, sine) = (caches[0], caches[1])
    let isInterleaved = try node.flag("interleaved")
    func part(_ second: Bool) throws -> OnnxOperand {
      let slice =
        isInterleaved
        ? Slice(starts: [second ? 1 : 0], ends: [rotated], axes: [3], steps: [2])
        : Slice(starts: [second ? rotated / 2 : 0], ends: [second ? rotated : rotated / 2], axes: [3])
      return try builder.apply(slice, value, for: node)
    }
    let (first, second) = (try part(false), try part(true))
    let real = try builder.combine(
      .subtract, builder.combine(.multiply, cosine, first, for: node),
      builder.combine(.multiply, sine, second, for: node), for: node)
    let imaginary = try builder.combine(
      .add, builder.combine(.multiply, sine, first, for: node),
      builder.combine(.multiply, cosine, second, for: node), for: node)
    var result: OnnxOperand
    if isInterleaved {
      let pairs = try [real, imaginary].map {
        try builder.reshape($0, $0.shape.dimensions + [1], for: node)
      }
      let joined = try builder.apply(Concatenation(axis: 4), pairs, for: node)[0]
      result = try builder.reshape(joined, value.shape.dimensions.dropLast() + [rotated], for: node)
    } else {
      result = try builder.apply(Concatenation(axis: 3), [real, imaginary], for: node)[0]
    }
    if rotated < size {
      let rest = try builder.apply(Slice(starts: [rotated], ends: [size], axes: [3]), value, for: node)
      result = try builder.apply(Concatenation(axis: 3), [result, rest], for: node)[0]
    }
    guard isFlat else { return [result] }
    let turned = try builder.apply(Transpose(permutation: [0, 2, 1, 3]), result, for: node)
    return [try builder.reshape(turned, given.shape.dimensions, for: node)]
  }
}
