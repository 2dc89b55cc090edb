import Tensors

/// Repeats its operand as a whole along each axis, as ONNX Tile.
///
/// Operand: any element type and shape.
public struct Tile: Operator, Hashable {
  public static let name = "Tile"

  /// How often the operand stands along each axis.
  public var repeats: [Int]

  /// Makes a repetition.
  public init(repeats: [Int]) { self.repeats = repeats }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    let type = try operands.type(0, "the value")
    guard repeats.count == type.shape.rank,
      repeats.allSatisfy({ (0...OperandTypes.attributeLimit).contains($0) })
    else {
      throw operands.attributeError("repeats", repeats, "\(type.shape.rank) numbers of zero or more")
    }
    let dimensions = zip(type.shape.dimensions, repeats).map { Cost.product($0, $1) }
    return [try operands.result(dimensions, elementType: type.elementType)]
  }
}

extension Tile {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let value = inputs[0]!
    let offsets = value.shape.dimensions.indices.map { axis in
      (0..<result[axis]).map { $0 % value.shape[axis] * value.shape.strides[axis] }
    }
    return [value.gathered(rowMajorSums(offsets), shape: result)]
  }
}
