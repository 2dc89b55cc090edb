import Tensors

/// Adds elements around its operand, or cuts them off where an amount is negative, as ONNX Pad.
///
/// Operand: any element type and shape.
public struct Pad: Operator, Hashable {
  public static let name = "Pad"

  /// What the new elements hold.
  public enum Mode: Sendable, Hashable {
    /// One value.
    case constant(Float)
    /// The operand mirrored at its first and last elements, which are not repeated.
    case reflect
    /// The nearest element.
    case edge
    /// The operand over and over.
    case wrap
  }

  /// What the new elements hold.
  public var mode: Mode
  /// Elements added before the first, for each axis.
  public var before: [Int]
  /// Elements added after the last, for each axis.
  public var after: [Int]

  /// Makes a padding operator.
  public init(mode: Mode = .constant(0), before: [Int], after: [Int]) {
    self.mode = mode
    self.before = before
    self.after = after
  }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    let type = try operands.type(0, "the value")
    let limit = 1 << 40
    for (name, amounts) in [("before", before), ("after", after)] {
      guard amounts.count == type.shape.rank, amounts.allSatisfy({ (-limit...limit).contains($0) }) else {
        throw operands.attributeError(name, amounts, "\(type.shape.rank) numbers, one for each axis")
      }
      for (amount, size) in zip(amounts, type.shape.dimensions) where amount > 0 {
        if mode == .reflect, amount >= size {
          throw operands.attributeError(name, amounts, "less than the reflected dimension \(size)")
        }
        if mode == .edge || mode == .wrap, size == 0 {
          throw operands.shapeError("the value", type.shape, "at least one element to repeat")
        }
      }
    }
    if case .constant(let value) = mode, !type.elementType.canHold(value) {
      throw operands.attributeError("the constant", value, "a value of \(type.elementType.rawValue)")
    }
    let dimensions = type.shape.dimensions.indices.map { type.shape[$0] + before[$0] + after[$0] }
    return [try operands.result(dimensions, elementType: type.elementType)]
  }
}

extension Pad {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    let value = inputs[0]!
    let offsets = value.shape.dimensions.indices.map { axis in
      (0..<result[axis]).map { position in
        let source = source(of: position - before[axis], size: value.shape[axis])
        // One coordinate outside makes the sum over all axes negative: no sum of offsets reaches 2^50.
        return source.map { $0 * value.shape.strides[axis] } ?? -(1 << 50)
      }
    }
    var fill: Float = 0
    if case .constant(let constant) = mode { fill = constant }
    return [value.gathered(rowMajorSums(offsets), shape: result, fill: fill)]
  }

  /// Returns the coordinate along one axis whose element is repeated at `coordinate`, or nil for a constant.
  private func source(of coordinate: Int, size: Int) -> Int? {
    switch mode {
    case .constant: (0..<size).contains(coordinate) ? coordinate : nil
    case .edge: min(max(coordinate, 0), size - 1)
    case .wrap: (coordinate % size + size) % size
    case .reflect: coordinate < size ? abs(coordinate) : 2 * (size - 1) - coordinate
    }
  }
}

extension ElementType {
  /// Whether a tensor of this type can hold `value` without change of an integer.
  fileprivate func canHold(_ value: Float) -> Bool {
    switch self {
    case .float32, .float16: true
    case .int8: Int8(exactly: value) != nil
    case .uint8: UInt8(exactly: value) != nil
    case .int32: Int32(exactly: value) != nil
    case .int64: Int64(exactly: value) != nil
    case .bool: value == 0 || value == 1
    }
  }
}
