import Tensors

/// Takes, for each place of the indices, the element that the index names along one axis, as ONNX GatherElements and
/// PyTorch `gather`.
///
/// Operands: data of any element type; indices, int32 or int64 of data's rank. Result: the indices' shape.
public struct GatherElements: Operator, Hashable {
  public static let name = "GatherElements"

  /// The axis that the indices count along; negative ones count from the last.
  public var axis: Int

  /// Makes an operator.
  public init(axis: Int = 0) { self.axis = axis }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 2...2)
    let data = try operands.type(0, "the data")
    let indices = try operands.indices(1, "the indices")
    let axis = try operands.axis(axis, rank: data.shape.rank)
    guard indices.rank == data.shape.rank,
      indices.dimensions.indices.allSatisfy({ $0 == axis || indices[$0] <= data.shape[$0] })
    else {
      throw operands.shapeError(
        "the indices", indices, "no dimension but \(axis) above those of \(data.shape)")
    }
    return [ValueType(indices, elementType: data.elementType)]
  }
}

extension GatherElements {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let data = inputs[0]!
    return [
      data.gathered(
        try inputs[1]!.elementPlaces(along: axis, in: data.shape, of: name), shape: result)
    ]
  }
}

extension Tensor {
  /// Returns, for each element of a tensor of indices, the element of a tensor of `shape` at the same coordinates but
  /// for `axis`, where the index stands.
  func elementPlaces(along axis: Int, in shape: Shape, of operation: String) throws(GraphError) -> [Int] {
    let axis = axis < 0 ? axis + shape.rank : axis
    let indices = try indices(below: shape[axis], of: operation)
    let starts = rowMajorSums(
      self.shape.dimensions.indices.map { other in
        (0..<self.shape[other]).map { other == axis ? 0 : $0 * shape.strides[other] }
      })
    return zip(starts, indices).map { $0 + $1 * shape.strides[axis] }
  }
}
