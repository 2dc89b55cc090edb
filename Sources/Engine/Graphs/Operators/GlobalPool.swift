import Tensors

/// The mean or maximum of each channel of an image.
///
/// Operand: `[N, C, H, W]` of at least one pixel. Result: `[N, C, 1, 1]`.
public struct GlobalPool: Operator, Hashable {
  public static let name = "GlobalPool"

  /// What is taken of a channel's pixels.
  public enum Kind: String, Sendable, Hashable, CaseIterable { case average, maximum }

  /// What is taken of a channel's pixels.
  public var kind: Kind

  /// Makes a global pool.
  public init(kind: Kind) { self.kind = kind }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    let image = try operands.image(0, "the image")
    guard image[2] >= 1, image[3] >= 1 else {
      throw operands.shapeError("the image", image, "at least one pixel")
    }
    return [ValueType([image[0], image[1], 1, 1])]
  }

  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    Cost(
      multiplyAdds: inputs[0]!.shape.elementCount,
      bytes: Cost.traffic(inputs: inputs, outputs: outputs))
  }
}

extension GlobalPool {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    _ = try resultTypes(inputs)
    return try Reduce(kind: kind == .average ? .mean : .maximum, axes: [2, 3]).evaluate(inputs)
  }
}
