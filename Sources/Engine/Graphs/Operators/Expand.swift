import Tensors

/// Repeats its operand along axes of one until it has the shape that both broadcast to, as ONNX Expand.
///
/// Operand: any element type and shape.
public struct Expand: Operator, Hashable {
  public static let name = "Expand"

  /// The dimensions that the operand is broadcast with.
  public var shape: [Int]

  /// Makes an expansion.
  public init(shape: [Int]) { self.shape = shape }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    let type = try operands.type(0, "the value")
    guard let dimensions = Broadcasting.dimensions(type.shape.dimensions, shape) else {
      throw operands.attributeError("shape", shape, "dimensions that broadcast with \(type.shape)")
    }
    return [try operands.result(dimensions, elementType: type.elementType)]
  }
}

extension Expand {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let value = inputs[0]!
    return [value.gathered(Broadcasting.sources(of: value.shape, in: result), shape: result)]
  }
}
