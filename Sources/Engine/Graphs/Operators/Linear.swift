import Tensors

/// A fully connected layer, ONNX Gemm with leading axes: y = activation(alpha left right + beta bias).
///
/// Operands: left `[..., M, K]`, or `[K, M]` when transposed; right `[K, N]`, or `[N, K]` when transposed;
/// bias, optional, that broadcasts to the result. Result: `[..., M, N]`.
public struct Linear: Operator, Hashable {
  public static let name = "Linear"

  /// Whether the left operand, of rank 2, holds columns first.
  public var transposesLeft: Bool
  /// Whether the right operand holds columns first, as PyTorch keeps a linear layer's weight.
  public var transposesRight: Bool
  /// The factor of the product.
  public var alpha: Float
  /// The factor of the bias.
  public var beta: Float
  /// What follows the sum.
  public var activation: ActivationFunction

  /// Makes a fully connected layer.
  public init(
    transposesLeft: Bool = false, transposesRight: Bool = false, alpha: Float = 1, beta: Float = 1,
    activation: ActivationFunction = .identity
  ) {
    self.transposesLeft = transposesLeft
    self.transposesRight = transposesRight
    self.alpha = alpha
    self.beta = beta
    self.activation = activation
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 2...3)
    let left = try operands.floats(0, "the left operand")
    let right = try operands.floats(1, "the right operand", rank: 2)
    guard transposesLeft ? left.rank == 2 : left.rank >= 2 else {
      throw operands.shapeError(
        "the left operand", left, transposesLeft ? "2 dimensions" : "2 dimensions or more")
    }
    let (rows, inner) = transposesLeft ? (left[1], left[0]) : (left[-2], left[-1])
    let (columns, rightInner) = transposesRight ? (right[0], right[1]) : (right[1], right[0])
    guard inner == rightInner else {
      throw operands.shapeError(
        "the right operand", right, transposesRight ? "(columns)x\(inner)" : "\(inner)x(columns)")
    }
    let result = try operands.result(left.dimensions.dropLast(2) + [rows, columns])
    if operands.has(2) {
      let bias = try operands.floats(2, "the bias")
      guard Broadcasting.isBroadcastable(bias, to: result.shape) else {
        throw operands.shapeError("the bias", bias, "a shape that repeats to \(result.shape)")
      }
    }
    return [result]
  }

  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    let left = inputs[0]!.shape
    return Cost(
      multiplyAdds: Cost.product(outputs[0].shape.elementCount, transposesLeft ? left[0] : left[-1]),
      bytes: Cost.traffic(inputs: inputs, outputs: outputs))
  }
}

extension Linear {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let (leftShape, rightShape) = (inputs[0]!.shape, inputs[1]!.shape)
    let inner = transposesLeft ? leftShape[0] : leftShape[-1]
    let left = StridedMatrix(
      elements: inputs[0]!.floats, rowStride: transposesLeft ? 1 : inner,
      columnStride: transposesLeft ? leftShape[1] : 1)
    let right = StridedMatrix(
      elements: inputs[1]!.floats, rowStride: transposesRight ? 1 : rightShape[1],
      columnStride: transposesRight ? inner : 1)
    let bias = inputs.count > 2 ? inputs[2] : nil
    let (biasElements, biasSources) = (
      bias?.floats ?? [], bias.map { Broadcasting.sources(of: $0.shape, in: result) }
    )
    let columns = result[-1]
    let output = (0..<result.elementCount).map { index in
      let product = left.product(right, row: index / columns, column: index % columns, inner: inner)
      let offset = biasSources.map { Double(beta) * Double(biasElements[$0[index]]) } ?? 0
      return activation(Float(Double(alpha) * product + offset))
    }
    return [Tensor(result, elements: output)]
  }
}
