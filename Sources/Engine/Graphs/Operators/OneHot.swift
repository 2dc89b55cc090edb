import Tensors

/// Writes one value at each index along a new axis and another everywhere else, as ONNX OneHot.
///
/// Operands: indices of any type; two values, off and on. Result: the values' type; an index outside of the axis has
/// no place.
public struct OneHot: Operator, Hashable {
  public static let name = "OneHot"

  /// Where the new axis stands in the result; negative ones count from the last.
  public var axis: Int
  /// The new axis' dimension.
  public var depth: Int

  /// Makes an operator.
  public init(axis: Int = -1, depth: Int) {
    self.axis = axis
    self.depth = depth
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 2...2)
    let indices = try operands.type(0, "the indices").shape
    let values = try operands.type(1, "the values")
    guard values.shape == [2] else { throw operands.shapeError("the values", values.shape, "2") }
    let axis = try operands.axis(axis, rank: indices.rank + 1)
    var dimensions = indices.dimensions
    dimensions.insert(depth, at: axis)
    return [try operands.result(dimensions, elementType: values.elementType)]
  }
}

extension OneHot {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let (_, length, inner) = result.parts(around: axis)
    var sources = [Int](repeating: 0, count: result.elementCount)
    for (place, number) in inputs[0]!.doubles.enumerated() {
      let index = number < 0 ? number + Double(length) : number
      guard index >= 0, index < Double(length) else { continue }
      sources[(place / inner * length + Int(index)) * inner + place % inner] = 1
    }
    return [inputs[1]!.gathered(sources, shape: result)]
  }
}
