import Tensors

/// The largest or smallest elements along one axis, in order, and their indices, as ONNX TopK; of equal elements the
/// first counts.
///
/// Operand: any element type. Results: the elements; their indices, int64.
public struct TopK: Operator, Hashable {
  public static let name = "TopK"

  /// How many elements are taken.
  public var count: Int
  /// The axis that is searched; negative ones count from the last.
  public var axis: Int
  /// Whether the largest are taken, not the smallest.
  public var takesLargest: Bool

  /// Makes an operator.
  public init(count: Int, axis: Int = -1, takesLargest: Bool = true) {
    self.count = count
    self.axis = axis
    self.takesLargest = takesLargest
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    let type = try operands.type(0, "the value")
    let axis = try operands.axis(axis, rank: type.shape.rank)
    guard (0...type.shape[axis]).contains(count) else {
      throw operands.attributeError("count", count, "0 to \(type.shape[axis])")
    }
    var dimensions = type.shape.dimensions
    dimensions[axis] = count
    let shape = Shape(dimensions)
    return [ValueType(shape, elementType: type.elementType), ValueType(shape, elementType: .int64)]
  }
}

extension TopK {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let value = inputs[0]!
    let (outer, length, inner) = value.shape.parts(around: axis)
    // For each place of the result in row-major order, which index is taken.
    var indices = [Int64](repeating: 0, count: result.elementCount)
    func choose<Number: Comparable>(from values: [Number]) {
      for column in 0..<outer * inner {
        let (block, lane) = (column / inner, column % inner)
        let order = (0..<length).sorted { left, right in
          let (a, b) = (
            values[(block * length + left) * inner + lane], values[(block * length + right) * inner + lane]
          )
          if a == b { return left < right }
          return takesLargest ? a > b : a < b
        }
        for rank in 0..<count { indices[(block * count + rank) * inner + lane] = Int64(order[rank]) }
      }
    }
    if let integers = value.wideIntegers {
      choose(from: integers)
    } else {
      choose(from: value.doubles)
    }
    let sources = indices.enumerated().map { place, index in
      let block = place / max(count * inner, 1)
      return (block * length + Int(index)) * inner + place % inner
    }
    return [value.gathered(sources, shape: result), Tensor(result, elements: indices)]
  }
}
