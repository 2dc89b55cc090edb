/// What one evaluation of an operator costs, counted from shapes alone.
public struct Cost: Sendable, Hashable {
  /// Multiplications with an addition.
  public var multiplyAdds: Int
  /// Bytes read and written when every operand is touched once.
  public var bytes: Int

  /// Makes a cost.
  public init(multiplyAdds: Int, bytes: Int) {
    self.multiplyAdds = multiplyAdds
    self.bytes = bytes
  }

  /// Returns the bytes of all inputs and outputs together.
  public static func traffic(inputs: [ValueType?], outputs: [ValueType]) -> Int {
    (inputs.compactMap { $0 } + outputs).reduce(0) { saturatingSum($0, $1.byteCount) }
  }

  public static func + (left: Cost, right: Cost) -> Cost {
    Cost(
      multiplyAdds: saturatingSum(left.multiplyAdds, right.multiplyAdds),
      bytes: saturatingSum(left.bytes, right.bytes))
  }

  /// Returns the product of counts, or `Int.max` where it would not fit: shapes from files can be absurd.
  static func product(_ factors: Int...) -> Int { product(factors) }

  /// Returns the product of counts, or `Int.max` where it would not fit.
  static func product(_ factors: [Int]) -> Int {
    factors.reduce(1) { result, factor in
      let (product, overflow) = result.multipliedReportingOverflow(by: factor)
      return overflow ? .max : product
    }
  }

  private static func saturatingSum(_ left: Int, _ right: Int) -> Int {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? .max : sum
  }
}
