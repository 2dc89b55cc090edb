import Glibc
import Tensors

/// exp(x) divided by the sum of exp(x) along one axis.
///
/// Operand and result: float32 of one or more dimensions.
public struct Softmax: Operator, Hashable {
  public static let name = "Softmax"

  /// The axis whose elements sum to one; negative ones count from the last.
  public var axis: Int

  /// Makes a softmax.
  public init(axis: Int = -1) { self.axis = axis }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    let shape = try operands.floats(0, "the value")
    _ = try operands.axis(axis, rank: shape.rank)
    return [ValueType(shape)]
  }

  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    Cost(
      multiplyAdds: outputs[0].shape.elementCount,
      bytes: Cost.traffic(inputs: inputs, outputs: outputs))
  }
}

extension Softmax {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    var values = inputs[0]!.floats
    let (outer, length, inner) = result.parts(around: axis)
    for i in 0..<outer {
      for k in 0..<inner {
        let indices = (0..<length).map { (i * length + $0) * inner + k }
        // Less the largest, so that no exponential overflows.
        let largest = indices.reduce(-Float.infinity) { max($0, values[$1]) }
        let exponentials = indices.map { Glibc.exp(Double(values[$0]) - Double(largest)) }
        let sum = exponentials.reduce(0, +)
        for (index, exponential) in zip(indices, exponentials) { values[index] = Float(exponential / sum) }
      }
    }
    return [Tensor(result, elements: values)]
  }
}
