import Tensors

/// Takes the elements or slices at given coordinates, as ONNX GatherND.
///
/// Operands: data of any element type; coordinates, int32 or int64, whose last axis holds one index for each leading
/// axis of data behind the batch. Result: the coordinates' shape without the last axis, then what is left of data's.
public struct GatherND: Operator, Hashable {
  public static let name = "GatherND"

  /// Leading axes that data and coordinates share.
  public var batchAxes: Int

  /// Makes an operator.
  public init(batchAxes: Int = 0) { self.batchAxes = batchAxes }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 2...2)
    let data = try operands.type(0, "the data")
    let coordinates = try operands.indices(1, "the coordinates")
    guard (0..<max(coordinates.rank, 1)).contains(batchAxes), batchAxes <= data.shape.rank else {
      throw operands.attributeError("batchAxes", batchAxes, "less than the coordinates' rank")
    }
    guard coordinates.rank >= 1, coordinates[-1] <= data.shape.rank - batchAxes,
      coordinates.dimensions[..<batchAxes] == data.shape.dimensions[..<batchAxes]
    else {
      throw operands.shapeError(
        "the coordinates", coordinates, "coordinates of at most \(data.shape.rank - batchAxes) indices")
    }
    return [
      try operands.result(
        coordinates.dimensions.dropLast() + data.shape.dimensions[(batchAxes + coordinates[-1])...],
        elementType: data.elementType)
    ]
  }
}

extension GatherND {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let data = inputs[0]!
    let (starts, size) = try inputs[1]!.sliceStarts(in: data.shape, batchAxes: batchAxes, of: name)
    return [data.gathered(rowMajorSums([starts, Array(0..<size)]), shape: result)]
  }
}

extension Tensor {
  /// Returns where the slices that a tensor of coordinates names start in a tensor of `shape`, and their size.
  ///
  /// - Throws: `GraphError.operandValue` when an index is outside.
  func sliceStarts(in shape: Shape, batchAxes: Int, of operation: String) throws(GraphError) -> (
    starts: [Int], size: Int
  ) {
    let depth = self.shape[-1]
    let strides = shape.strides
    let size = shape.dimensions[(batchAxes + depth)...].reduce(1, *)
    let slices = self.shape.dimensions.dropLast().reduce(1, *)
    let batches = self.shape.dimensions[..<batchAxes].reduce(1, *)
    let batchSize = shape.dimensions[batchAxes...].reduce(1, *)
    let indices = wideIntegers ?? []
    var starts: [Int] = []
    starts.reserveCapacity(slices)
    for slice in 0..<slices {
      var start = slice / max(slices / max(batches, 1), 1) * batchSize
      for level in 0..<depth {
        let dimension = shape[batchAxes + level]
        let index = indices[slice * depth + level]
        guard (-Int64(dimension)..<Int64(dimension)).contains(index) else {
          throw .operandValue(
            operation: operation, operand: "the coordinates",
            reason: "hold \(index) for an axis of \(dimension)")
        }
        start += (index < 0 ? Int(index) + dimension : Int(index)) * strides[batchAxes + level]
      }
      starts.append(start)
    }
    return (starts, size)
  }
}
