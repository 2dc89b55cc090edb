import Graphs
import Tensors

extension OnnxOperators {
  static let arithmetic: [String: OnnxConverter] = [
    "Add": binary(.add), "Sub": binary(.subtract), "Mul": binary(.multiply), "Div": binary(.divide),
    "Max": variadic(.maximum), "Min": variadic(.minimum), "Sum": variadic(.add),
    "Mean": { node, builder in
      let sum = try variadic(.add)(node, &builder)[0]
      return [try builder.combine(.multiply, sum, 1 / Float(node.operands.count), for: node)]
    },
    "Pow": { node, builder in
      let (base, exponent) = (try node.operand(0), try node.operand(1))
      if base.type.elementType == exponent.type.elementType {
        return [try builder.combine(.power, base, exponent, for: node)]
      }
      guard base.type.elementType == .float32 else {
        return [try builder.apply(BinaryFunction(.power), base, exponent, for: node)]
      }
      return [try builder.combine(.power, base, builder.cast(exponent, to: .float32, for: node), for: node)]
    },
    "Mod": { node, builder in
      let function: BinaryFunction.Function = try node.flag("fmod") ? .remainder : .modulo
      return [try builder.apply(BinaryFunction(function), node.operand(0), node.operand(1), for: node)]
    },
    "BitShift": { node, builder in
      guard let direction = try node.text("direction"), ["LEFT", "RIGHT"].contains(direction) else {
        throw node.failure("direction is neither LEFT nor RIGHT")
      }
      let function: BinaryFunction.Function = direction == "LEFT" ? .shiftLeft : .shiftRight
      return [try builder.apply(BinaryFunction(function), node.operand(0), node.operand(1), for: node)]
    },
    "Det": { node, builder in [try builder.apply(Determinant(), node.operand(0), for: node)] },
    "CumSum": { node, builder in
      guard let axis = try node.constantInteger(1, "the axis") else {
        throw node.failure("the axis is missing")
      }
      let operation = CumulativeSum(
        axis: axis, isExclusive: try node.flag("exclusive"), isReversed: try node.flag("reverse"))
      return [try builder.apply(operation, node.operand(0), for: node)]
    },
  ]

  private static func binary(_ operation: BinaryArithmetic.Operation) -> OnnxConverter {
    { node, builder in [try builder.combine(operation, node.operand(0), node.operand(1), for: node)] }
  }

  private static func variadic(_ operation: BinaryArithmetic.Operation) -> OnnxConverter {
    { node, builder in
      var result = try node.operand(0)
      for index in node.operands.indices.dropFirst() {
        result = try builder.combine(operation, result, node.operand(index), for: node)
      }
      return [result]
    }
  }
}
