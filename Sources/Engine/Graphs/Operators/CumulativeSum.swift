import Tensors

/// The running sums or products along one axis, as ONNX CumSum and CumProd.
///
/// Operand: any numbers. Result: the operand's type.
public struct CumulativeSum: Operator, Hashable {
  public static let name = "CumulativeSum"

  /// The axis that is run along; negative ones count from the last.
  public var axis: Int
  /// Whether an element is left out of its own sum.
  public var isExclusive: Bool
  /// Whether the last element comes first.
  public var isReversed: Bool
  /// Whether elements are multiplied, not added.
  public var multiplies: Bool

  /// Makes an operator.
  public init(axis: Int, isExclusive: Bool = false, isReversed: Bool = false, multiplies: Bool = false) {
    self.axis = axis
    self.isExclusive = isExclusive
    self.isReversed = isReversed
    self.multiplies = multiplies
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    let type = try operands.type(0, "the value")
    _ = try operands.axis(axis, rank: type.shape.rank)
    return [type]
  }
}

extension CumulativeSum {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let type = try resultTypes(inputs)[0]
    let value = inputs[0]!
    if let integers = value.wideIntegers {
      let sums = running(integers, type.shape, start: multiplies ? 1 : 0) { multiplies ? $0 &* $1 : $0 &+ $1 }
      return [Tensor(type.shape, wrapping: sums, to: type.elementType)]
    }
    let sums = running(value.doubles, type.shape, start: multiplies ? 1 : 0) {
      multiplies ? $0 * $1 : $0 + $1
    }
    return try Cast(to: type.elementType).evaluate([Tensor(type.shape, elements: sums.map { Float($0) })])
  }

  private func running<Number>(
    _ values: [Number], _ shape: Shape, start: Number, _ combine: (Number, Number) -> Number
  ) -> [Number] {
    let (outer, length, inner) = shape.parts(around: axis)
    var results = values
    for column in 0..<outer * inner {
      let first = column / inner * length * inner + column % inner
      var total = start
      for step in 0..<length {
        let place = first + (isReversed ? length - 1 - step : step) * inner
        let next = combine(total, values[place])
        results[place] = isExclusive ? total : next
        total = next
      }
    }
    return results
  }
}
