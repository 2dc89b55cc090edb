import Tensors

/// Joins its operands along one axis.
///
/// Operands: one or more of one element type, whose shapes differ at most along `axis`.
public struct Concatenation: Operator, Hashable {
  public static let name = "Concatenation"

  /// The axis that grows; negative ones count from the last.
  public var axis: Int

  /// Makes a concatenation.
  public init(axis: Int) { self.axis = axis }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...Int.max)
    let first = try operands.type(0, "operand 1")
    let axis = try operands.axis(axis, rank: first.shape.rank)
    var dimensions = first.shape.dimensions
    for index in 1..<inputs.count {
      let operand = "operand \(index + 1)"
      let type = try operands.type(index, operand)
      guard type.elementType == first.elementType else {
        throw operands.elementTypeError(
          operand, type.elementType, "\(first.elementType.rawValue) as operand 1")
      }
      var expected = first.shape.dimensions
      if type.shape.rank == expected.count { expected[axis] = type.shape[axis] }
      guard type.shape.dimensions == expected else {
        throw operands.shapeError(operand, type.shape, "\(first.shape) save along axis \(axis)")
      }
      let (sum, overflow) = dimensions[axis].addingReportingOverflow(type.shape[axis])
      dimensions[axis] = overflow ? .max : sum
    }
    return [try operands.result(dimensions, elementType: first.elementType)]
  }
}

extension Concatenation {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0]
    return [joined(inputs.compactMap { $0 }, shape: result.shape, as: result.elementType.swiftType)]
  }

  private func joined<Element: TensorElement>(_ tensors: [Tensor], shape: Shape, as type: Element.Type)
    -> Tensor
  {
    let parts = tensors.map { tensor in
      let (_, length, inner) = tensor.shape.parts(around: axis)
      return (elements: tensor.elements(as: type), rowLength: length * inner)
    }
    var output: [Element] = []
    output.reserveCapacity(shape.elementCount)
    for row in 0..<shape.parts(around: axis).outer {
      for part in parts { output += part.elements[row * part.rowLength..<(row + 1) * part.rowLength] }
    }
    return Tensor(shape, elements: output)
  }
}
