import Tensors

/// Layer normalisation of Ba et al. (2016): y = scale (x - mean) / sqrt(variance + epsilon) + bias, mean and
/// variance taken over `axis` and all axes behind it.
///
/// Operands: x; scale and, optional, bias, of shapes that repeat to x's dimensions from `axis` on. Result:
/// x's shape.
public struct LayerNormalization: Operator, Hashable {
  public static let name = "LayerNormalization"

  /// The first normalised axis; negative ones count from the last.
  public var axis: Int
  /// Keeps the divisor from zero.
  public var epsilon: Float

  /// Makes a layer normalisation.
  public init(axis: Int = -1, epsilon: Float = 1e-5) {
    self.axis = axis
    self.epsilon = epsilon
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 2...3)
    let shape = try operands.floats(0, "the value")
    let axis = try operands.axis(axis, rank: shape.rank)
    let normalized = Shape(Array(shape.dimensions[axis...]))
    for (index, operand) in [(1, "the scale"), (2, "the bias")] where index == 1 || operands.has(index) {
      let found = try operands.floats(index, operand)
      guard Broadcasting.isBroadcastable(found, to: normalized) else {
        throw operands.shapeError(operand, found, "a shape that repeats to \(normalized)")
      }
    }
    return [ValueType(shape)]
  }

  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    Cost(
      multiplyAdds: Cost.product(outputs[0].shape.elementCount, 2),
      bytes: Cost.traffic(inputs: inputs, outputs: outputs))
  }
}

extension LayerNormalization {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let values = inputs[0]!.floats
    let firstAxis = axis < 0 ? axis + result.rank : axis
    let normalized = Shape(Array(result.dimensions[firstAxis...]))
    let count = normalized.elementCount
    let scales = repeated(inputs[1]!, to: normalized)
    let biases = inputs.count > 2 ? inputs[2].map { repeated($0, to: normalized) } : nil
    var output: [Float] = []
    output.reserveCapacity(values.count)
    for start in stride(from: 0, to: values.count, by: max(count, 1)) {
      let row = values[start..<start + count].map(Double.init)
      let mean = row.reduce(0, +) / Double(count)
      let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
      let deviation = (variance + Double(epsilon)).squareRoot()
      for (index, value) in row.enumerated() {
        let scaled = (value - mean) / deviation * Double(scales[index])
        output.append(Float(scaled + Double(biases?[index] ?? 0)))
      }
    }
    return [Tensor(result, elements: output)]
  }

  private func repeated(_ tensor: Tensor, to shape: Shape) -> [Float] {
    let elements = tensor.floats
    return Broadcasting.sources(of: tensor.shape, in: shape).map { elements[$0] }
  }
}
