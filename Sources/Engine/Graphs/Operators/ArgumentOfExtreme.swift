import Tensors

/// The index of the largest or smallest element along one axis, as ONNX ArgMax and ArgMin.
///
/// Operand: any element type. Result: int64.
public struct ArgumentOfExtreme: Operator, Hashable {
  public static let name = "ArgumentOfExtreme"

  /// Which element is looked for.
  public enum Kind: String, Sendable, Hashable, CaseIterable { case maximum, minimum }

  /// Which element is looked for.
  public var kind: Kind
  /// The axis that is searched; negative ones count from the last.
  public var axis: Int
  /// Whether the axis stays, with dimension one.
  public var keepsDimensions: Bool
  /// Whether the last of equal elements counts, not the first.
  public var selectsLast: Bool

  /// Makes an operator.
  public init(_ kind: Kind, axis: Int = 0, keepsDimensions: Bool = true, selectsLast: Bool = false) {
    self.kind = kind
    self.axis = axis
    self.keepsDimensions = keepsDimensions
    self.selectsLast = selectsLast
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    let shape = try operands.type(0, "the value").shape
    let axis = try operands.axis(axis, rank: shape.rank)
    guard shape[axis] > 0 else {
      throw operands.shapeError("the value", shape, "at least one element along axis \(axis)")
    }
    var dimensions = shape.dimensions
    if keepsDimensions { dimensions[axis] = 1 } else { dimensions.remove(at: axis) }
    return [ValueType(Shape(dimensions), elementType: .int64)]
  }
}

extension ArgumentOfExtreme {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let value = inputs[0]!
    let (outer, length, inner) = value.shape.parts(around: axis)
    let places: [Int64]
    if let integers = value.wideIntegers {
      places = extremes(of: integers, outer, length, inner)
    } else {
      places = extremes(of: value.doubles, outer, length, inner)
    }
    return [Tensor(result, elements: places)]
  }

  private func extremes<Number: Comparable>(of values: [Number], _ outer: Int, _ length: Int, _ inner: Int)
    -> [Int64]
  {
    (0..<outer * inner).map { column in
      let start = column / inner * length * inner + column % inner
      var best = 0
      for index in 1..<max(length, 1) {
        let (candidate, champion) = (values[start + index * inner], values[start + best * inner])
        let isBetter = kind == .maximum ? candidate > champion : candidate < champion
        if isBetter || (selectsLast && candidate == champion) { best = index }
      }
      return Int64(best)
    }
  }
}
