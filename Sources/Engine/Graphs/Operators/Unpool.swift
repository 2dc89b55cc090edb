import Tensors

/// Puts each value at its place in a larger value of zeros, as ONNX MaxUnpool.
///
/// Operands: float32 values; their places in the result, int64 of the same shape.
public struct Unpool: Operator, Hashable {
  public static let name = "Unpool"

  /// The result's dimensions.
  public var shape: [Int]
  /// The dimensions that the places were counted in.
  public var placeShape: [Int]

  /// Makes an operator; places are counted in the result's own dimensions unless said.
  public init(shape: [Int], placeShape: [Int]? = nil) {
    self.shape = shape
    self.placeShape = placeShape ?? shape
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 2...2)
    let values = try operands.floats(0, "the values")
    let places = try operands.indices(1, "the places")
    guard places == values else { throw operands.shapeError("the places", places, "\(values)") }
    let result = try operands.result(shape)
    _ = try operands.result(placeShape)
    guard placeShape.count == shape.count, zip(placeShape, shape).allSatisfy({ $0 <= $1 }) else {
      throw operands.attributeError("placeShape", placeShape, "no dimension above those of \(result.shape)")
    }
    return [result]
  }
}

extension Unpool {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let placeStrides = Shape(placeShape).strides
    let count = Shape(placeShape).elementCount
    var output = [Float](repeating: 0, count: result.elementCount)
    for (value, place) in zip(inputs[0]!.floats, inputs[1]!.wideIntegers ?? []) {
      guard (0..<Int64(count)).contains(place) else {
        throw GraphError.operandValue(
          operation: name, operand: "the places", reason: "hold \(place) for \(count) elements")
      }
      if placeShape == shape {
        output[Int(place)] = value
        continue
      }
      let target = placeStrides.indices.reduce(0) { sum, axis in
        sum + Int(place) / placeStrides[axis] % placeShape[axis] * result.strides[axis]
      }
      output[target] = value
    }
    return [Tensor(result, elements: output)]
  }
}
