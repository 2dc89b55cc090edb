import Tensors

/// Reorders the axes: the result's axis i is the operand's axis `permutation[i]`.
///
/// Operand: any element type and shape.
public struct Transpose: Operator, Hashable {
  public static let name = "Transpose"

  /// The operand's axes in the result's order, each once.
  public var permutation: [Int]

  /// Makes a transposition.
  public init(permutation: [Int]) { self.permutation = permutation }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    let type = try operands.type(0, "the value")
    guard permutation.sorted() == Array(0..<type.shape.rank) else {
      throw operands.attributeError("permutation", permutation, "each axis of \(type.shape) once")
    }
    return [ValueType(Shape(permutation.map { type.shape[$0] }), elementType: type.elementType)]
  }
}

extension Transpose {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let value = inputs[0]!
    let offsets = permutation.map { axis in (0..<value.shape[axis]).map { $0 * value.shape.strides[axis] } }
    return [value.gathered(rowMajorSums(offsets), shape: result)]
  }
}
