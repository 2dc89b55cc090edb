import Tensors

/// Batch normalisation at inference: y = scale (x - mean) / sqrt(variance + epsilon) + bias, per channel, of
/// Ioffe and Szegedy (2015).
///
/// Operands: x `[N, C, ...]`; scale, bias, mean, variance `[C]` each. Result: x's shape.
public struct BatchNormalization: Operator, Hashable {
  public static let name = "BatchNormalization"

  /// Keeps the divisor from zero.
  public var epsilon: Float

  /// Makes a batch normalisation.
  public init(epsilon: Float = 1e-5) { self.epsilon = epsilon }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 5...5)
    let shape = try operands.floats(0, "the value")
    guard shape.rank >= 2 else {
      throw operands.shapeError("the value", shape, "batch x channels, and more")
    }
    for (index, operand) in ["the scale", "the bias", "the mean", "the variance"].enumerated() {
      try operands.require(index + 1, operand, is: [shape[1]])
    }
    return [ValueType(shape)]
  }

  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    Cost(
      multiplyAdds: outputs[0].shape.elementCount,
      bytes: Cost.traffic(inputs: inputs, outputs: outputs))
  }
}

extension BatchNormalization {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let values = inputs[0]!.floats
    let (scale, bias) = (inputs[1]!.floats, inputs[2]!.floats)
    let (mean, variance) = (inputs[3]!.floats, inputs[4]!.floats)
    let (_, channels, inner) = result.parts(around: 1)
    let output = values.indices.map { index in
      let channel = index / inner % channels
      let deviation = (Double(variance[channel]) + Double(epsilon)).squareRoot()
      let normalized = (Double(values[index]) - Double(mean[channel])) / deviation
      return Float(Double(scale[channel]) * normalized + Double(bias[channel]))
    }
    return [Tensor(result, elements: output)]
  }
}
