import Graphs
import Tensors

extension OnnxOperators {
  static let casts: [String: OnnxConverter] = [
    "Cast": { node, builder in
      guard let number = try node.integer("to"),
        let type = StoredType(onnx: Int32(truncatingIfNeeded: number))
      else { throw node.failure("the type it casts to is missing or not supported") }
      return [try cast(node.operand(0), to: type.computedType, node, &builder)]
    },
    "CastLike": { node, builder in
      [try cast(node.operand(0), to: node.operand(1).type.elementType, node, &builder)]
    },
  ]

  private static func cast(
    _ operand: OnnxOperand, to type: ElementType, _ node: OnnxNode, _ builder: inout OnnxGraphBuilder
  ) throws -> OnnxOperand {
    operand.type.elementType == type ? operand : try builder.apply(Cast(to: type), operand, for: node)
  }
}
