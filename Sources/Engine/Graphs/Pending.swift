import Tensors

extension Operator {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    throw GraphError.operandValue(operation: name, operand: "evaluate", reason: "is not written yet")
  }
}
