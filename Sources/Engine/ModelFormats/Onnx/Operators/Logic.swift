import Graphs
import Tensors

extension OnnxOperators {
  static let logic: [String: OnnxConverter] = [
    "And": binary(.and), "Or": binary(.or), "Xor": binary(.exclusiveOr),
    "BitwiseAnd": binary(.and), "BitwiseOr": binary(.or), "BitwiseXor": binary(.exclusiveOr),
    "Not": { node, builder in [try builder.apply(UnaryFunction(.not), node.operand(0), for: node)] },
    "BitwiseNot": { node, builder in
      let value = try node.operand(0)
      // Of numbers that are computed in a wider type only their own bits are turned round.
      let mask: Int? =
        switch node.storedType(0) {
        case .uint16: 0xFFFF
        case .uint32: 0xFFFF_FFFF
        default: nil
        }
      guard let mask else { return [try builder.apply(UnaryFunction(.bitwiseNot), value, for: node)] }
      let ones = try builder.scalar(mask, value.type.elementType, for: node)
      return [try builder.apply(BinaryFunction(.exclusiveOr), value, ones, for: node)]
    },
  ]

  private static func binary(_ function: BinaryFunction.Function) -> OnnxConverter {
    { node, builder in
      [try builder.apply(BinaryFunction(function), node.operand(0), node.operand(1), for: node)]
    }
  }
}
