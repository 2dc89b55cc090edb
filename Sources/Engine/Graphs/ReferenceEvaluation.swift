import Tensors

// What the operators' naive evaluations share.

extension Operator {
  /// Returns the types of the results of evaluating `inputs`, after checking them and their sizes: a small
  /// file can ask for any amount of memory, even by the other dimensions of a shape of no elements.
  func resultTypes(_ inputs: [Tensor?]) throws -> [ValueType] {
    let types = try outputTypes(for: inputs.map { $0?.valueType })
    let limit = 1 << 28
    for shape in inputs.compactMap({ $0?.shape }) + types.map(\.shape)
    where Cost.product(shape.dimensions.filter { $0 > 0 }) > limit {
      throw GraphError.resultShape(operation: name, dimensions: shape.dimensions, limit: limit)
    }
    return types
  }
}

extension Tensor {
  /// The element type and shape.
  var valueType: ValueType { ValueType(shape, elementType: elementType) }

  /// The elements of a float32 tensor.
  var floats: [Float] { elements(as: Float.self) }

  /// The elements as they are or, of smaller integers and truth values, widened; nil for floating-point numbers.
  var wideIntegers: [Int64]? {
    switch elementType {
    case .int64: elements(as: Int64.self)
    case .int32: elements(as: Int32.self).map(Int64.init)
    case .int8: elements(as: Int8.self).map(Int64.init)
    case .uint8: elements(as: UInt8.self).map(Int64.init)
    case .bool: elements(as: Bool.self).map { $0 ? 1 : 0 }
    case .float32, .float16: nil
    }
  }

  /// The elements of any type; integers beyond 2^53 are rounded.
  var doubles: [Double] {
    switch elementType {
    case .float32: elements(as: Float.self).map(Double.init)
    case .float16: elements(as: Float16.self).map(Double.init)
    default: wideIntegers!.map { Double($0) }
    }
  }

  /// Makes a tensor of integers that wrap around where they do not fit the type, as C's conversions do.
  init(_ shape: Shape, wrapping integers: [Int64], to type: ElementType) {
    switch type {
    case .int64: self.init(shape, elements: integers)
    case .int32: self.init(shape, elements: integers.map { Int32(truncatingIfNeeded: $0) })
    case .int8: self.init(shape, elements: integers.map { Int8(truncatingIfNeeded: $0) })
    case .uint8: self.init(shape, elements: integers.map { UInt8(truncatingIfNeeded: $0) })
    case .bool: self.init(shape, elements: integers.map { $0 != 0 })
    case .float32: self.init(shape, elements: integers.map { Float($0) })
    case .float16: self.init(shape, elements: integers.map { Float16($0) })
    }
  }

  /// Returns a tensor of the elements at `sources`, with `fill` where a source is negative.
  func gathered(_ sources: [Int], shape: Shape, fill: Float = 0) -> Tensor {
    switch elementType {
    case .float32: gathered(sources, shape: shape, filling: fill)
    case .float16: gathered(sources, shape: shape, filling: Float16(fill))
    case .int8: gathered(sources, shape: shape, filling: Int8(fill))
    case .uint8: gathered(sources, shape: shape, filling: UInt8(fill))
    case .int32: gathered(sources, shape: shape, filling: Int32(fill))
    case .int64: gathered(sources, shape: shape, filling: Int64(fill))
    case .bool: gathered(sources, shape: shape, filling: fill != 0)
    }
  }

  private func gathered<Element: TensorElement>(_ sources: [Int], shape: Shape, filling fill: Element)
    -> Tensor
  {
    let elements: [Element] = self.elements()
    return Tensor(shape, elements: sources.map { $0 < 0 ? fill : elements[$0] })
  }
}

/// Returns the sum of one number for each axis, for all combinations in row-major order.
///
/// With numbers that are offsets along each axis the sums are offsets of elements: `[[0, 3], [0, 1, 2]]`
/// gives 0 to 5.
func rowMajorSums(_ axes: [[Int]]) -> [Int] {
  if axes.contains(where: \.isEmpty) { return [] }
  return axes.reduce([0]) { sums, numbers in
    var next: [Int] = []
    next.reserveCapacity(sums.count * numbers.count)
    for sum in sums { for number in numbers { next.append(sum + number) } }
    return next
  }
}

extension Shape {
  /// The lengths before, along and behind an axis: element (i, j, k) is at (i * length + j) * inner + k.
  func parts(around axis: Int) -> (outer: Int, length: Int, inner: Int) {
    let axis = axis < 0 ? axis + rank : axis
    return (
      dimensions[..<axis].reduce(1, *), dimensions[axis], dimensions[(axis + 1)...].reduce(1, *)
    )
  }
}
