import Tensors

/// Keeps the elements of matrices on one side of a diagonal and makes the others zero, as ONNX Trilu.
///
/// Operand: any element type, matrices in the last two axes.
public struct Triangle: Operator, Hashable {
  public static let name = "Triangle"

  /// Whether what is on and above the diagonal stays, not what is on and below.
  public var isUpper: Bool
  /// How far the diagonal lies above the main one.
  public var diagonal: Int

  /// Makes an operator.
  public init(isUpper: Bool, diagonal: Int = 0) {
    self.isUpper = isUpper
    self.diagonal = diagonal
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    let type = try operands.type(0, "the matrices")
    guard type.shape.rank >= 2 else {
      throw operands.shapeError("the matrices", type.shape, "two dimensions or more")
    }
    return [type]
  }
}

extension Triangle {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let shape = try resultTypes(inputs)[0].shape
    // No sum with it: an absurd diagonal must not overflow.
    let diagonal = min(max(diagonal, -shape[-2]), shape[-1])
    let sources = (0..<shape.elementCount).map { place in
      let (row, column) = (place / shape[-1] % shape[-2], place % shape[-1])
      let isKept = isUpper ? column >= row + diagonal : column <= row + diagonal
      return isKept ? place : -1
    }
    return [inputs[0]!.gathered(sources, shape: shape)]
  }
}
