import Tensors

/// The operand types of one operator while it checks them: every complaint becomes a `GraphError` that names
/// the operator and the operand.
struct OperandTypes {
  /// The largest kernel size, stride, dilation or padding; keeps every product of them inside an `Int`.
  static let attributeLimit = 1 << 20

  private let operation: String
  private let types: [ValueType?]

  /// Checks the number of operands; a missing trailing one counts as absent.
  init(_ types: [ValueType?], of operation: String, count: ClosedRange<Int>) throws(GraphError) {
    guard count.contains(types.count) else {
      let expected =
        count.lowerBound == count.upperBound
        ? "\(count.lowerBound)"
        : count.upperBound == .max
          ? "\(count.lowerBound) or more" : "\(count.lowerBound) to \(count.upperBound)"
      throw .operandCount(operation: operation, expected: expected, found: types.count)
    }
    self.operation = operation
    self.types = types
  }

  /// Whether the operand at `index` is given.
  func has(_ index: Int) -> Bool { index < types.count && types[index] != nil }

  /// Returns the type of an operand that must be given.
  func type(_ index: Int, _ operand: String) throws(GraphError) -> ValueType {
    guard index < types.count, let type = types[index] else {
      throw .operandCount(
        operation: operation, expected: "a given \(operand) among its", found: types.compactMap { $0 }.count)
    }
    return type
  }

  /// Returns the shape of a float32 operand, of `rank` dimensions unless that is nil.
  func floats(_ index: Int, _ operand: String, rank: Int? = nil) throws(GraphError) -> Shape {
    let type = try type(index, operand)
    guard type.elementType == .float32 else {
      throw .elementType(
        operation: operation, operand: operand, found: type.elementType, expected: "float32")
    }
    if let rank, type.shape.rank != rank {
      throw shapeError(operand, type.shape, "\(rank) dimensions")
    }
    return type.shape
  }

  /// Returns the shape of an operand of indices, int32 or int64.
  func indices(_ index: Int, _ operand: String) throws(GraphError) -> Shape {
    let type = try type(index, operand)
    guard type.elementType == .int64 || type.elementType == .int32 else {
      throw elementTypeError(operand, type.elementType, "int32 or int64")
    }
    return type.shape
  }

  /// Checks that the operand at `index` has the element type of the operand before it that `other` names.
  func require(_ index: Int, _ operand: String, holds elementType: ElementType, as other: String)
    throws(GraphError)
  {
    let found = try type(index, operand).elementType
    guard found == elementType else {
      throw elementTypeError(operand, found, "\(elementType.rawValue) as \(other)")
    }
  }

  /// Returns the shape of an image batch: float32, batch x channels x height x width.
  func image(_ index: Int, _ operand: String) throws(GraphError) -> Shape {
    let shape = try floats(index, operand)
    guard shape.rank == 4 else {
      throw shapeError(operand, shape, "batch x channels x height x width")
    }
    return shape
  }

  /// Checks that the operand at `index` is absent or float32 of exactly `shape`.
  func optional(_ index: Int, _ operand: String, is shape: Shape) throws(GraphError) {
    if has(index) { try require(index, operand, is: shape) }
  }

  /// Checks that the operand at `index` is float32 of exactly `shape`.
  func require(_ index: Int, _ operand: String, is shape: Shape) throws(GraphError) {
    let found = try floats(index, operand)
    guard found == shape else { throw shapeError(operand, found, "\(shape)") }
  }

  /// Returns the type of a result, unless it is too large or a dimension is negative.
  func result(_ dimensions: [Int], elementType: ElementType = .float32) throws(GraphError) -> ValueType {
    guard let shape = try? Shape(validating: dimensions) else {
      throw .resultShape(operation: operation, dimensions: dimensions, limit: 1 << 40)
    }
    return ValueType(shape, elementType: elementType)
  }

  /// Returns `axis` counted from the first dimension.
  func axis(_ axis: Int, rank: Int, name: String = "axis") throws(GraphError) -> Int {
    guard (-rank..<rank).contains(axis) else {
      throw attributeError(
        name, axis, rank == 0 ? "an operand with dimensions" : "\(-rank) to \(rank - 1)")
    }
    return axis < 0 ? axis + rank : axis
  }

  /// Returns `axes` counted from the first dimension, in the order given.
  func axes(_ axes: [Int], rank: Int) throws(GraphError) -> [Int] {
    var result: [Int] = []
    for axis in axes {
      let axis = try self.axis(axis, rank: rank, name: "axes")
      guard !result.contains(axis) else { throw attributeError("axes", axes, "each axis once") }
      result.append(axis)
    }
    return result
  }

  /// Checks an attribute of one number for height and one for width.
  func pair(_ name: String, _ values: [Int], atLeast minimum: Int = 1) throws(GraphError) {
    guard values.count == 2, values.allSatisfy({ (minimum...Self.attributeLimit).contains($0) }) else {
      throw attributeError(
        name, values, "two numbers, for height and width, from \(minimum) to \(Self.attributeLimit)")
    }
  }

  /// Checks that no side is padded by a negative or absurd amount.
  func padding(_ padding: Padding) throws(GraphError) {
    let sides = [padding.top, padding.left, padding.bottom, padding.right]
    guard sides.allSatisfy({ (0...Self.attributeLimit).contains($0) }) else {
      throw attributeError("padding", padding, "each side from 0 to \(Self.attributeLimit)")
    }
  }

  /// Returns an error about an attribute's value.
  func attributeError(_ name: String, _ value: Any, _ expected: String) -> GraphError {
    .attribute(operation: operation, name: name, value: "\(value)", expected: expected)
  }

  /// Returns an error about an operand's shape.
  func shapeError(_ operand: String, _ shape: Shape, _ expected: String) -> GraphError {
    .shape(operation: operation, operand: operand, found: shape, expected: expected)
  }

  /// Returns an error about an operand's element type.
  func elementTypeError(_ operand: String, _ type: ElementType, _ expected: String) -> GraphError {
    .elementType(operation: operation, operand: operand, found: type, expected: expected)
  }
}
