import Graphs
import Tensors

extension OnnxOperators {
  static let casts: [String: OnnxConverter] = [
    "Cast": { node, builder in
      guard let number = try node.integer("to"),
        let type = StoredType(onnx: Int32(truncatingIfNeeded: number))
      else { throw node.failure("the type it casts to is missing or not supported") }
      return [try cast(node.operand(0), to: type, node, &builder)]
    },
    "CastLike": { node, builder in
      let like = try node.operand(1)
      guard let type = node.storedType(1) else {
        return [try builder.cast(node.operand(0), to: like.type.elementType, for: node)]
      }
      return [try cast(node.operand(0), to: type, node, &builder)]
    },
  ]

  /// Converts to a type that may be narrower than the one it is computed in, and then has its precision.
  private static func cast(
    _ operand: OnnxOperand, to type: StoredType, _ node: OnnxNode, _ builder: inout OnnxGraphBuilder
  ) throws -> OnnxOperand {
    let result = try builder.cast(operand, to: type.computedType, for: node)
    switch type {
    case .float16:
      let half = try builder.apply(Cast(to: .float16), result, for: node)
      return try builder.apply(Cast(to: .float32), half, for: node)
    case .bfloat16: return try builder.apply(UnaryFunction(.roundToBfloat16), result, for: node)
    default: return result
    }
  }
}
