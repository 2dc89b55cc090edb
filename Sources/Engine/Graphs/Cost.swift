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
    inputs.reduce(0) { $0 + ($1?.byteCount ?? 0) } + outputs.reduce(0) { $0 + $1.byteCount }
  }

  public static func + (left: Cost, right: Cost) -> Cost {
    Cost(multiplyAdds: left.multiplyAdds + right.multiplyAdds, bytes: left.bytes + right.bytes)
  }
}
