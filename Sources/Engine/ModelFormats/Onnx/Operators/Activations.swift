import Graphs
import Tensors

extension OnnxOperators {
  static let activations: [String: OnnxConverter] = [
    "Relu": function { _ in .relu },
    "Sigmoid": function { _ in .sigmoid },
    "HardSwish": function { _ in .hardSwish },
    "Tanh": function { _ in .tanh },
    "Exp": function { _ in .exp },
    "Sqrt": function { _ in .sqrt },
    "Reciprocal": function { _ in .reciprocal },
    "HardSigmoid": function { node in
      let (alpha, beta) = (try node.float("alpha") ?? 0.2, try node.float("beta") ?? 0.5)
      return alpha == 1 / 6 && beta == 0.5 ? .hardSigmoid : .hardSigmoidSlope(alpha, beta)
    },
    "LeakyRelu": function { node in .leakyRelu(try node.float("alpha") ?? 0.01) },
    "Gelu": function { node in
      let approximation = try node.text("approximate") ?? "none"
      guard approximation == "none" || approximation == "tanh" else {
        throw node.failure("approximate is \(approximation)")
      }
      return approximation == "tanh" ? .geluTanh : .gelu
    },
    "Neg": function(integers: .negate) { _ in .negate },
    "Abs": function(integers: .absolute) { _ in .absolute },
    "Erf": { node, builder in [try builder.apply(ErrorFunction(), node.operand(0), for: node)] },
    "Clip": clip,
    "PRelu": parametricRelu,
    "Elu": { node, builder in
      try exponentialUnit(node, &builder, alpha: node.float("alpha") ?? 1)
    },
    "Celu": { node, builder in
      let alpha = try node.float("alpha") ?? 1
      return try exponentialUnit(node, &builder, alpha: alpha, slope: 1 / alpha)
    },
    "Selu": { node, builder in
      try exponentialUnit(
        node, &builder, alpha: node.float("alpha") ?? 1.67326319217681884765625,
        scale: node.float("gamma") ?? 1.05070102214813232421875)
    },
    "ThresholdedRelu": { node, builder in
      let value = try node.operand(0)
      let threshold = builder.scalar(try node.float("alpha") ?? 1, for: node)
      let isAbove = try builder.apply(Comparison(.greater), value, threshold, for: node)
      return [try builder.apply(Select(), isAbove, value, builder.scalar(0, for: node), for: node)]
    },
    "Shrink": shrink,
    "Swish": { node, builder in
      let (value, alpha) = (try node.operand(0), try node.float("alpha") ?? 1)
      if alpha == 1 { return [try builder.apply(Activation(.silu), value, for: node)] }
      let scaled = try builder.combine(.multiply, value, alpha, for: node)
      let gate = try builder.apply(Activation(.sigmoid), scaled, for: node)
      return [try builder.combine(.multiply, value, gate, for: node)]
    },
  ]

  /// Returns the converter of a function of one number.
  ///
  /// - Parameter integers: the function of integers; nil when there is none.
  private static func function(
    integers: UnaryFunction.Function? = nil,
    _ activation: @escaping @Sendable (OnnxNode) throws -> ActivationFunction
  ) -> OnnxConverter {
    { node, builder in
      let operand = try node.operand(0)
      if let integers, operand.type.elementType != .float32 {
        return [try builder.apply(UnaryFunction(integers), operand, for: node)]
      }
      return [try builder.apply(Activation(try activation(node)), operand, for: node)]
    }
  }

  /// The bounds were attributes before operator set 11.
  private static func clip(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws -> [OnnxOperand] {
    var operand = try node.operand(0)
    let isAttribute = node.operatorSet < 11
    let bounds = isAttribute ? [] : [1, 2].map { node.optionalOperand($0) }
    if operand.type.elementType != .float32 || bounds.contains(where: { $0 != nil && $0?.constant == nil }) {
      if let lower = bounds[0] { operand = try builder.combine(.maximum, operand, lower, for: node) }
      if let upper = bounds[1] { operand = try builder.combine(.minimum, operand, upper, for: node) }
      return [operand]
    }
    let lower = isAttribute ? try node.float("min") : try node.constantFloats(1, "min")?.first
    let upper = isAttribute ? try node.float("max") : try node.constantFloats(2, "max")?.first
    let function: ActivationFunction =
      switch (lower, upper) {
      case (0, nil), (0, .infinity), (0, .greatestFiniteMagnitude): .relu
      case (0, 6): .relu6
      default: .clip(lower ?? -.infinity, upper ?? .infinity)
      }
    return [try builder.apply(Activation(function), operand, for: node)]
  }

  private static func parametricRelu(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws
    -> [OnnxOperand]
  {
    var slope = try node.operand(1)
    if slope.shape.rank == 1 {
      // ONNX repeats along the last axis; the graph's operator takes a slope of one dimension as one per channel.
      slope = try builder.apply(Reshape(shape: [1, slope.shape[0]]), slope, for: node)
    }
    return [try builder.apply(ParametricRelu(), node.operand(0), slope, for: node)]
  }

  /// scale (x where positive, else alpha (exp(slope x) - 1)).
  private static func exponentialUnit(
    _ node: OnnxNode, _ builder: inout OnnxGraphBuilder, alpha: Float, slope: Float = 1, scale: Float = 1
  ) throws -> [OnnxOperand] {
    let value = try node.operand(0)
    let positive = try builder.apply(Activation(.relu), value, for: node)
    var negative = try builder.apply(Activation(.clip(-.infinity, 0)), value, for: node)
    if slope != 1 { negative = try builder.combine(.multiply, negative, slope, for: node) }
    let exponential = try builder.apply(UnaryFunction(.exponentialLessOne), negative, for: node)
    let scaled = try builder.combine(.multiply, exponential, alpha * scale, for: node)
    let linear = scale == 1 ? positive : try builder.combine(.multiply, positive, scale, for: node)
    return [try builder.combine(.add, linear, scaled, for: node)]
  }

  /// x without `bias` where its magnitude is above `lambd`, else zero.
  private static func shrink(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws -> [OnnxOperand] {
    let value = try node.operand(0)
    let (threshold, bias) = (try node.float("lambd") ?? 0.5, try node.float("bias") ?? 0)
    let isAbove = try builder.apply(
      Comparison(.greater), value, builder.scalar(threshold, for: node), for: node)
    let isBelow = try builder.apply(
      Comparison(.less), value, builder.scalar(-threshold, for: node), for: node)
    let reduced = try builder.combine(.subtract, value, bias, for: node)
    let raised = try builder.combine(.add, value, bias, for: node)
    let lower = try builder.apply(Select(), isBelow, raised, builder.scalar(0, for: node), for: node)
    return [try builder.apply(Select(), isAbove, reduced, lower, for: node)]
  }
}
