import Tensors

/// PReLU of He et al. (2015): x where positive, else slope times x.
///
/// Operands: x of any shape; slope, either `[C]` with one number for each index of x's second axis, or of
/// another rank and repeated to x's shape as numpy does (`[C, 1, 1]` for images). Result: x's shape.
public struct ParametricRelu: Operator, Hashable {
  public static let name = "ParametricRelu"

  /// Makes a PReLU.
  public init() {}

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 2...2)
    let shape = try operands.floats(0, "the value")
    let slope = try operands.floats(1, "the slope")
    guard Broadcasting.isBroadcastable(aligned(slope, rank: shape.rank), to: shape) else {
      throw operands.shapeError(
        "the slope", slope, "one number per channel, or a shape that repeats to \(shape)")
    }
    return [ValueType(shape)]
  }

  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    Cost(
      multiplyAdds: outputs[0].shape.elementCount,
      bytes: Cost.traffic(inputs: inputs, outputs: outputs))
  }

  /// Returns the slope's shape with a per-channel slope moved to the second axis.
  private func aligned(_ slope: Shape, rank: Int) -> Shape {
    guard slope.rank == 1, rank > 2 else { return slope }
    return Shape(slope.dimensions + [Int](repeating: 1, count: rank - 2))
  }
}

extension ParametricRelu {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let slopes = inputs[1]!.floats
    let sources = Broadcasting.sources(of: aligned(inputs[1]!.shape, rank: result.rank), in: result)
    let output = zip(inputs[0]!.floats, sources).map { value, source in
      ActivationFunction.leakyRelu(slopes[source])(value)
    }
    return [Tensor(result, elements: output)]
  }
}
