import Graphs
import Tensors

extension OnnxOperators {
  static let arithmetic: [String: OnnxConverter] = [
    "Add": binary(.add), "Sub": binary(.subtract), "Mul": binary(.multiply), "Div": binary(.divide),
    "Max": variadic(.maximum), "Min": variadic(.minimum), "Sum": variadic(.add),
    "Mean": { node, builder in
      let sum = try variadic(.add)(node, &builder)[0]
      let factor = builder.constant(
        Tensor([], elements: [1 / Float(node.operands.count)]), of: node)
      return [try builder.apply(BinaryArithmetic(.multiply), sum, factor, for: node)]
    },
    "Pow": { node, builder in
      let base = try node.operand(0)
      var exponent = try node.operand(1)
      if exponent.type.elementType != base.type.elementType {
        exponent = try builder.apply(Cast(to: base.type.elementType), exponent, for: node)
      }
      return [try builder.apply(BinaryArithmetic(.power), base, exponent, for: node)]
    },
  ]

  private static func binary(_ operation: BinaryArithmetic.Operation) -> OnnxConverter {
    { node, builder in
      [try builder.apply(BinaryArithmetic(operation), node.operand(0), node.operand(1), for: node)]
    }
  }

  private static func variadic(_ operation: BinaryArithmetic.Operation) -> OnnxConverter {
    { node, builder in
      var result = try node.operand(0)
      for index in node.operands.indices.dropFirst() {
        result = try builder.apply(BinaryArithmetic(operation), result, node.operand(index), for: node)
      }
      return [result]
    }
  }
}
