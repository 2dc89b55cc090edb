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
    "Neg": function(integers: { 0 &- $0 }, { _ in .negate }),
    "Abs": function(integers: { $0 < 0 ? 0 &- $0 : $0 }, { _ in .absolute }),
    "Erf": { node, builder in [try builder.apply(ErrorFunction(), node.operand(0), for: node)] },
    "Clip": clip,
    "PRelu": parametricRelu,
  ]

  /// Returns the converter of a function of one number.
  ///
  /// - Parameter integers: the function of integers, which are known while importing; nil when there is none.
  private static func function(
    integers: (@Sendable (Int64) -> Int64)? = nil,
    _ activation: @escaping @Sendable (OnnxNode) throws -> ActivationFunction
  ) -> OnnxConverter {
    { node, builder in
      let operand = try node.operand(0)
      if let integers, let constant = operand.constant, let values = constant.integers {
        let results = values.map { integers(Int64($0)) }
        return [builder.constant(Tensor(constant.shape, elements: results), of: node)]
      }
      return [try builder.apply(Activation(try activation(node)), operand, for: node)]
    }
  }

  /// The bounds were attributes before operator set 11.
  private static func clip(_ node: OnnxNode, _ builder: inout OnnxGraphBuilder) throws -> [OnnxOperand] {
    let operand = try node.operand(0)
    let isAttribute = node.operatorSet < 11
    if let integers = operand.constant?.integers {
      let lower = try node.constantIntegers(1, "min")?.first ?? .min
      let upper = try node.constantIntegers(2, "max")?.first ?? .max
      let results = integers.map { Int64(min(max($0, lower), upper)) }
      return [builder.constant(Tensor(operand.shape, elements: results), of: node)]
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
}
