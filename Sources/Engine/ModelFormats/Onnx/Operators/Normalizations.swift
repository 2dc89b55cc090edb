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
    "LayerNormalization": layerNormalization,
    "InstanceNormalization": { node, builder in
      let value = try node.operand(0)
      let groups = value.shape.rank > 1 ? value.shape[1] : 0
      return [try groupNormalization(node, &builder, groups: groups, isPerGroup: false)]
    },
    "GroupNormalization": { node, builder in
      guard let groups = try node.integer("num_groups"), groups > 0 else {
        throw node.failure("num_groups is missing or not positive")
      }
      return [try groupNormalization(node, &builder, groups: groups, isPerGroup: node.operatorSet < 21)]
    },
    "RMSNormalization": { node, builder in
      let value = try node.operand(0)
      let axis = try node.axis(node.integer("axis") ?? -1, rank: value.shape.rank)
      let squares = try builder.combine(.multiply, value, value, for: node)
      let mean = try builder.apply(
        Reduce(kind: .mean, axes: Array(axis..<value.shape.rank)), squares, for: node)
      let raised = try builder.combine(.add, mean, node.float("epsilon") ?? 1e-5, for: node)
      let root = try builder.apply(Activation(.sqrt), raised, for: node)
      let normalized = try builder.combine(.divide, value, root, for: node)
      return [try builder.combine(.multiply, normalized, node.operand(1), for: node)]
    },
    "MeanVarianceNormalization": { node, builder in
      let value = try node.operand(0)
      let axes = try node.integers("axes") ?? [0, 2, 3]
      let (centred, variance) = try moments(of: value, axes: axes, node, &builder)
      let deviation = try builder.apply(Activation(.sqrt), variance, for: node)
      // ONNX defines the function with this number.
      let divisor = try builder.combine(.add, deviation, 1e-9, for: node)
      return [try builder.combine(.divide, centred, divisor, for: node)]
    },
    "LpNormalization": { node, builder in
      let value = try node.operand(0)
      let power = try node.integer("p") ?? 2
      guard power == 1 || power == 2 else { throw node.failure("p is \(power), 1 and 2 are possible") }
      let reduction = Reduce(
        kind: power == 1 ? .absoluteSum : .norm, axes: [try node.integer("axis") ?? -1])
      let norm = try builder.apply(reduction, value, for: node)
      return [try builder.combine(.divide, value, norm, for: node)]
    },
    "LRN": { node, builder in
      guard let size = try node.integer("size") else { throw node.failure("size is missing") }
      let operation = LocalResponseNormalization(
        size: size, alpha: try node.float("alpha") ?? 1e-4, beta: try node.float("beta") ?? 0.75,
        bias: try node.float("bias") ?? 1)
      return [try builder.apply(operation, node.operand(0), for: node)]
    },
  ]

  /// The mean and the inverse of the deviation are results of their own when they are asked for.
  private static func layerNormalization(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws
    -> [OnnxOperand]
  {
    let value = try node.operand(0)
    let (axis, epsilon) = (try node.integer("axis") ?? -1, try node.float("epsilon") ?? 1e-5)
    let operation = LayerNormalization(axis: axis, epsilon: epsilon)
    let result = try builder.apply(
      operation, value, node.operand(1), node.optionalOperand(2), for: node)
    guard node.outputCount > 1 else { return [result] }
    let axes = Array(try node.axis(axis, rank: value.shape.rank)..<value.shape.rank)
    let mean = try builder.apply(Reduce(kind: .mean, axes: axes), value, for: node)
    let (_, variance) = try moments(of: value, axes: axes, node, &builder)
    let raised = try builder.combine(.add, variance, epsilon, for: node)
    let deviation = try builder.apply(Activation(.sqrt), raised, for: node)
    return [result, mean, try builder.apply(Activation(.reciprocal), deviation, for: node)]
  }

  /// Returns the value less its mean, and its variance.
  private static func moments(
    of value: OnnxOperand, axes: [Int], _ node: OnnxNode, _ builder: inout OnnxGraphBuilder
  ) throws -> (centred: OnnxOperand, variance: OnnxOperand) {
    let mean = try builder.apply(Reduce(kind: .mean, axes: axes), value, for: node)
    let centred = try builder.combine(.subtract, value, mean, for: node)
    let squares = try builder.combine(.multiply, centred, centred, for: node)
    return (centred, try builder.apply(Reduce(kind: .mean, axes: axes), squares, for: node))
  }

  /// Normalises groups of channels together, then scales each channel or, in the first version, each group.
  private static func groupNormalization(
    _ node: OnnxNode, _ builder: inout OnnxGraphBuilder, groups: Int, isPerGroup: Bool
  ) throws -> OnnxOperand {
    let value = try node.operand(0)
    let dimensions = value.shape.dimensions
    guard dimensions.count >= 2, groups > 0, dimensions[1] % groups == 0 else {
      throw node.failure(
        "the value of shape \(value.shape) does not divide into \(groups) groups of channels")
    }
    let size = value.shape.elementCount / max(dimensions[0] * groups, 1)
    let rows = try builder.reshape(value, [dimensions[0], groups, size], for: node)
    let one = builder.constant(Tensor([1], elements: [Float(1)]), of: node)
    let operation = LayerNormalization(axis: -1, epsilon: try node.float("epsilon") ?? 1e-5)
    var result = try builder.apply(operation, rows, one, nil, for: node)
    if !isPerGroup { result = try builder.reshape(result, dimensions, for: node) }
    let count = isPerGroup ? groups : dimensions[1]
    let shape = [count] + [Int](repeating: 1, count: isPerGroup ? 1 : dimensions.count - 2)
    let scale = try builder.reshape(node.operand(1), shape, for: node)
    let bias = try builder.reshape(node.operand(2), shape, for: node)
    result = try builder.combine(.multiply, result, scale, for: node)
    return try builder.reshape(builder.combine(.add, result, bias, for: node), dimensions, for: node)
  }
}
