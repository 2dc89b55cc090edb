import Glibc
import Tensors

/// Divides each element by a power of the squares in neighbouring channels, of Krizhevsky et al. (2012) and ONNX LRN.
///
/// Operand and result: float32 `[N, C, …]`.
public struct LocalResponseNormalization: Operator, Hashable {
  public static let name = "LocalResponseNormalization"

  /// Channels that are summed over.
  public var size: Int
  /// The factor of the sum over `size`.
  public var alpha: Float
  /// The power.
  public var beta: Float
  /// What is added to the sum.
  public var bias: Float

  /// Makes a normalisation.
  public init(size: Int, alpha: Float = 1e-4, beta: Float = 0.75, bias: Float = 1) {
    self.size = size
    self.alpha = alpha
    self.beta = beta
    self.bias = bias
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    let shape = try operands.floats(0, "the value")
    guard shape.rank >= 2 else { throw operands.shapeError("the value", shape, "two dimensions or more") }
    guard (1...OperandTypes.attributeLimit).contains(size) else {
      throw operands.attributeError("size", size, "1 to \(OperandTypes.attributeLimit)")
    }
    return [ValueType(shape)]
  }

  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    Cost(
      multiplyAdds: Cost.product(outputs[0].shape.elementCount, size),
      bytes: Cost.traffic(inputs: inputs, outputs: outputs))
  }
}

extension LocalResponseNormalization {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let shape = try resultTypes(inputs)[0].shape
    let values = inputs[0]!.doubles
    let (_, channels, inner) = shape.parts(around: 1)
    let output = values.indices.map { place in
      let channel = place / inner % channels
      let first = max(channel - (size - 1) / 2, 0)
      let last = min(channel + size / 2, channels - 1)
      let start = place - channel * inner
      let squares = (first...last).reduce(0.0) {
        $0 + values[start + $1 * inner] * values[start + $1 * inner]
      }
      let divisor = pow(Double(bias) + Double(alpha) / Double(size) * squares, Double(beta))
      return Float(values[place] / divisor)
    }
    return [Tensor(shape, elements: output)]
  }
}
