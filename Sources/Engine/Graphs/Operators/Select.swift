import Tensors

/// Takes each element from one of two operands, as ONNX Where.
///
/// Operands: a condition of truth values, then the values where it holds and where it does not, of one element
/// type. Result: the shape that all three broadcast to.
public struct Select: Operator, Hashable {
  public static let name = "Select"

  /// Makes a selection.
  public init() {}

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 3...3)
    try operands.require(0, "the condition", holds: .bool, as: "truth values are")
    let chosen = try operands.type(1, "the values where it holds")
    try operands.require(
      2, "the values where it does not hold", holds: chosen.elementType, as: "the values where it holds")
    var dimensions = chosen.shape.dimensions
    for (index, operand) in [(0, "the condition"), (2, "the values where it does not hold")] {
      let shape = try operands.type(index, operand).shape
      guard let common = Broadcasting.dimensions(dimensions, shape.dimensions) else {
        throw operands.shapeError(operand, shape, "a shape that broadcasts with \(Shape(dimensions))")
      }
      dimensions = common
    }
    return [try operands.result(dimensions, elementType: chosen.elementType)]
  }
}

extension Select {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0]
    let condition = inputs[0]!.elements(as: Bool.self)
    let sources = inputs.map { Broadcasting.sources(of: $0!.shape, in: result.shape) }
    func select<Element: TensorElement>(_ type: Element.Type) -> Tensor {
      let (chosen, other) = (inputs[1]!.elements(as: type), inputs[2]!.elements(as: type))
      return Tensor(
        result.shape,
        elements: (0..<result.shape.elementCount).map { index in
          condition[sources[0][index]] ? chosen[sources[1][index]] : other[sources[2][index]]
        })
    }
    return [select(result.elementType.swiftType)]
  }
}
