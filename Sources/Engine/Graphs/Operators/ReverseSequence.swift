import Tensors

/// Reverses the first elements of each sequence, as many as the sequence is long, as ONNX ReverseSequence.
///
/// Operands: sequences of any element type and two or more dimensions; their lengths, int64.
public struct ReverseSequence: Operator, Hashable {
  public static let name = "ReverseSequence"

  /// The axis of the sequences, 0 or 1.
  public var batchAxis: Int
  /// The axis of time, 1 or 0.
  public var timeAxis: Int

  /// Makes an operator.
  public init(batchAxis: Int = 1, timeAxis: Int = 0) {
    self.batchAxis = batchAxis
    self.timeAxis = timeAxis
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 2...2)
    let type = try operands.type(0, "the sequences")
    guard type.shape.rank >= 2 else {
      throw operands.shapeError("the sequences", type.shape, "two dimensions or more")
    }
    guard Set([batchAxis, timeAxis]) == [0, 1] else {
      throw operands.attributeError("batchAxis and timeAxis", [batchAxis, timeAxis], "0 and 1 or 1 and 0")
    }
    let lengths = try operands.indices(1, "the lengths")
    guard lengths == [type.shape[batchAxis]] else {
      throw operands.shapeError("the lengths", lengths, "\(type.shape[batchAxis])")
    }
    return [type]
  }
}

extension ReverseSequence {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let shape = try resultTypes(inputs)[0].shape
    let lengths = inputs[1]!.wideIntegers ?? []
    let strides = shape.strides
    let sources = (0..<shape.elementCount).map { place in
      let batch = place / strides[batchAxis] % shape[batchAxis]
      let time = place / strides[timeAxis] % shape[timeAxis]
      let length = Int(min(max(lengths[batch], 0), Int64(shape[timeAxis])))
      return time < length ? place + (length - 1 - 2 * time) * strides[timeAxis] : place
    }
    return [inputs[0]!.gathered(sources, shape: shape)]
  }
}
