import Tensors

/// Writes elements or slices at given coordinates, as ONNX ScatterND.
///
/// Operands: data of any element type; coordinates, int32 or int64, whose last axis holds one index for each leading
/// axis of data; updates, one element or slice for each coordinate. Result: data with the updates written.
public struct ScatterND: Operator, Hashable {
  public static let name = "ScatterND"

  /// What becomes of the elements that were there.
  public var reduction: ScatterReduction

  /// Makes an operator.
  public init(reduction: ScatterReduction = .replace) { self.reduction = reduction }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 3...3)
    let data = try operands.type(0, "the data")
    let expected = try GatherND().outputTypes(for: Array(inputs[..<2]))[0]
    try operands.require(2, "the updates", holds: data.elementType, as: "the data")
    let updates = try operands.type(2, "the updates").shape
    guard updates == expected.shape else {
      throw operands.shapeError("the updates", updates, "\(expected.shape)")
    }
    return [data]
  }
}

extension ScatterND {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    _ = try resultTypes(inputs)
    let data = inputs[0]!
    let (starts, size) = try inputs[1]!.sliceStarts(in: data.shape, batchAxes: 0, of: name)
    return [data.scattering(inputs[2]!, at: rowMajorSums([starts, Array(0..<size)]), reduction)]
  }
}
