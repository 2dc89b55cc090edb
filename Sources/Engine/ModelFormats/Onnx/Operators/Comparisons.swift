import Graphs
import Tensors

extension OnnxOperators {
  static let comparisons: [String: OnnxConverter] = [
    "Equal": compare(.equal), "Less": compare(.less), "LessOrEqual": compare(.lessOrEqual),
    "Greater": compare(.greater), "GreaterOrEqual": compare(.greaterOrEqual),
    "IsNaN": { node, builder in
      let value = try node.operand(0)
      let isNumber = try builder.apply(Comparison(.equal), value, value, for: node)
      return [try builder.apply(UnaryFunction(.not), isNumber, for: node)]
    },
    "IsInf": { node, builder in
      let value = try node.operand(0)
      var limits: [Float] = []
      if try node.integer("detect_negative") ?? 1 != 0 { limits.append(-.infinity) }
      if try node.integer("detect_positive") ?? 1 != 0 { limits.append(.infinity) }
      var result: OnnxOperand?
      for limit in limits {
        let isLimit = try builder.apply(
          Comparison(.equal), value, builder.scalar(limit, for: node), for: node)
        result = try result.map { try builder.apply(BinaryFunction(.or), $0, isLimit, for: node) } ?? isLimit
      }
      return [try result ?? builder.apply(Comparison(.less), value, value, for: node)]
    },
    "Where": { node, builder in
      [try builder.apply(Select(), node.operand(0), node.operand(1), node.operand(2), for: node)]
    },
  ]

  private static func compare(_ relation: Comparison.Relation) -> OnnxConverter {
    { node, builder in [try builder.apply(Comparison(relation), node.operand(0), node.operand(1), for: node)]
    }
  }
}
