import Tensors

/// Takes slices of its operand along one axis at given indices, as ONNX Gather and numpy's `take`.
///
/// Operands: data of any element type and shape; indices, int32 or int64 of any shape, negative ones counting from
/// the end. Result: data's shape with the indices' dimensions in place of the axis.
public struct Gather: Operator, Hashable {
  public static let name = "Gather"

  /// The axis that the indices count along; negative ones count from the last.
  public var axis: Int

  /// Makes an operator.
  public init(axis: Int = 0) { self.axis = axis }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 2...2)
    let data = try operands.type(0, "the data")
    let indices = try operands.indices(1, "the indices")
    let axis = try operands.axis(axis, rank: data.shape.rank)
    let dimensions = data.shape.dimensions
    return [
      try operands.result(
        Array(dimensions[..<axis]) + indices.dimensions + Array(dimensions[(axis + 1)...]),
        elementType: data.elementType)
    ]
  }
}

extension Gather {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let data = inputs[0]!
    let (outer, length, inner) = data.shape.parts(around: axis)
    let indices = try inputs[1]!.indices(below: length, of: name)
    let sources = rowMajorSums([
      (0..<outer).map { $0 * length * inner }, indices.map { $0 * inner }, Array(0..<inner),
    ])
    return [data.gathered(sources, shape: result)]
  }
}

extension Tensor {
  /// Returns the elements of a tensor of indices along an axis, negative ones counted from the end.
  ///
  /// - Throws: `GraphError.operandValue` when one is outside.
  func indices(below size: Int, of operation: String) throws(GraphError) -> [Int] {
    var indices: [Int] = []
    indices.reserveCapacity(shape.elementCount)
    for index in wideIntegers ?? [] {
      guard (-Int64(size)..<Int64(size)).contains(index) else {
        throw GraphError.operandValue(
          operation: operation, operand: "the indices", reason: "hold \(index) for an axis of \(size)")
      }
      indices.append(index < 0 ? Int(index) + size : Int(index))
    }
    return indices
  }
}
