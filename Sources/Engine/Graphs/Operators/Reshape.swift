import Tensors

/// Gives the same elements in row-major order another shape.
///
/// Operand: any element type and shape.
public struct Reshape: Operator, Hashable {
  public static let name = "Reshape"

  /// The result's dimensions; one of them may be -1 and is then what the element count leaves.
  public var shape: [Int]

  /// Makes a reshape.
  public init(shape: [Int]) { self.shape = shape }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    let type = try operands.type(0, "the value")
    var dimensions = shape
    if let unknown = shape.firstIndex(of: -1) {
      let known = try? Shape(validating: Array(shape[..<unknown] + shape[(unknown + 1)...]))
      guard let known, known.elementCount > 0, type.shape.elementCount % known.elementCount == 0 else {
        throw operands.attributeError("shape", shape, "dimensions that divide the operand's \(type.shape)")
      }
      dimensions[unknown] = type.shape.elementCount / known.elementCount
    }
    let result = try operands.result(dimensions, elementType: type.elementType)
    guard result.shape.elementCount == type.shape.elementCount else {
      throw operands.attributeError(
        "shape", shape, "\(type.shape.elementCount) elements as the operand's \(type.shape)")
    }
    return [result]
  }

  /// Moves nothing: the result is a view.
  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost { Cost(multiplyAdds: 0, bytes: 0) }
}

extension Reshape {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    [try inputs[0]!.reshaped(resultTypes(inputs)[0].shape)]
  }
}
