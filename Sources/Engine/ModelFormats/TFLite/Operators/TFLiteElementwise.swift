import Graphs
import Tensors

extension TFLiteOperators {
  static let elementwise: [TFLiteBuiltin] = [
    .init(0, "ADD", binary(.add, activation: 0)), .init(41, "SUB", binary(.subtract, activation: 0)),
    .init(18, "MUL", binary(.multiply, activation: 0)), .init(42, "DIV", binary(.divide, activation: 0)),
    .init(55, "MAXIMUM", binary(.maximum)), .init(57, "MINIMUM", binary(.minimum)),
    .init(78, "POW", binary(.power)),
    .init(99, "SQUARED_DIFFERENCE") { node, builder in
      let difference = try binary(.subtract)(node, &builder)[0]
      return try combine(.multiply, difference, difference, node, &builder)
    },
    .init(92, "SQUARE") { node, builder in
      try combine(.multiply, node.operand(0), node.operand(0), node, &builder)
    },
    .init(14, "LOGISTIC", unary(Activation(.sigmoid))), .init(28, "TANH", unary(Activation(.tanh))),
    .init(19, "RELU", unary(Activation(.relu))), .init(21, "RELU6", unary(Activation(.relu6))),
    .init(20, "RELU_N1_TO_1", unary(Activation(.clip(-1, 1)))),
    .init(117, "HARD_SWISH", unary(Activation(.hardSwish))), .init(47, "EXP", unary(Activation(.exp))),
    .init(59, "NEG", unary(Activation(.negate))), .init(101, "ABS", unary(Activation(.absolute))),
    .init(75, "SQRT", unary(Activation(.sqrt))), .init(73, "LOG", unary(UnaryFunction(.logarithm))),
    .init(8, "FLOOR", unary(UnaryFunction(.floor))), .init(104, "CEIL", unary(UnaryFunction(.ceiling))),
    .init(116, "ROUND", unary(UnaryFunction(.round))), .init(66, "SIN", unary(UnaryFunction(.sine))),
    .init(76, "RSQRT") { node, builder in
      let root = try builder.map(Activation(.sqrt), node.operand(0), for: node)
      return [try builder.map(Activation(.reciprocal), root, for: node)]
    },
    .init(98, "LEAKY_RELU") { node, builder in
      let slope = try node.options?.float(0) ?? 0
      return [try builder.map(Activation(.leakyRelu(slope)), node.operand(0), for: node)]
    },
    .init(150, "GELU") { node, builder in
      let function: ActivationFunction = try node.flag(0) ? .geluTanh : .gelu
      return [try builder.map(Activation(function), node.operand(0), for: node)]
    },
    .init(54, "PRELU") { node, builder in
      let (value, slope) = (try node.operand(0), try node.operand(1))
      guard value.isImage, slope.shape.rank <= 4 else {
        // The graph's operator takes a slope of one dimension as one per channel of images with these first.
        let shape =
          [Int](repeating: 1, count: max(value.shape.rank - slope.shape.rank, 0)) + slope.shape.dimensions
        let whole = try builder.apply(Reshape(shape: shape), [slope], for: node)[0]
        return try builder.apply(ParametricRelu(), [value, whole], for: node)
      }
      let operands = [try builder.image(value, for: node), try builder.image(slope, for: node)]
      return try builder.applyToImages(ParametricRelu(), operands, for: node)
    },
    .init(6, "DEQUANTIZE") { node, builder in
      let value = try node.operand(0)
      guard value.type.elementType == .float32 else {
        throw node.failure("quantised numbers of \(value.type.elementType.rawValue) are not supported")
      }
      // Float16 weights have been widened already.
      return [value]
    },
    .init(53, "CAST") { node, builder in
      let type = try node.choice(1)
      let types: [Int: ElementType] = [0: .float32, 2: .int32, 3: .uint8, 4: .int64, 6: .bool, 9: .int8]
      guard let elementType = types[type] else { throw node.failure("the type \(type) is not supported") }
      return [try builder.map(Cast(to: elementType), node.operand(0), for: node)]
    },
    .init(25, "SOFTMAX") { node, builder in
      let scale = try node.options?.float(0) ?? 1
      guard scale == 1 || scale == 0 else { throw node.failure("beta is \(scale), only 1 is supported") }
      let value = try node.operand(0)
      return [try builder.map(Softmax(axis: value.isImage ? 1 : -1), value, for: node)]
    },
  ]

  private static func unary(_ operation: any Operator) -> TFLiteConverter {
    { node, builder in [try builder.map(operation, node.operand(0), for: node)] }
  }

  private static func binary(_ operation: BinaryArithmetic.Operation, activation: Int? = nil)
    -> TFLiteConverter
  {
    { node, builder in
      let result = try combine(operation, node.operand(0), node.operand(1), node, &builder)
      return try activation.map { try builder.activate(result, node.activation($0), for: node) } ?? result
    }
  }

  private static func combine(
    _ operation: BinaryArithmetic.Operation, _ left: TFLiteOperand, _ right: TFLiteOperand,
    _ node: TFLiteNode,
    _ builder: inout TFLiteGraphBuilder
  ) throws -> [TFLiteOperand] {
    guard left.isImage || right.isImage, left.shape.rank <= 4, right.shape.rank <= 4 else {
      return try builder.apply(BinaryArithmetic(operation), [left, right], for: node)
    }
    let operands = [try builder.image(left, for: node), try builder.image(right, for: node)]
    return try builder.applyToImages(BinaryArithmetic(operation), operands, for: node)
  }
}
