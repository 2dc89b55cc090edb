import Tensors

/// Converts each element to another type.
///
/// Operand: any element type and shape. Numbers become integers by cutting the fraction and clamping to the
/// range, not a number becomes zero; integers wrap around; whatever is not zero becomes true.
public struct Cast: Operator, Hashable {
  public static let name = "Cast"

  /// The result's element type.
  public var elementType: ElementType

  /// Makes a conversion.
  public init(to elementType: ElementType) { self.elementType = elementType }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    return [ValueType(try operands.type(0, "the value").shape, elementType: elementType)]
  }
}

extension Cast {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    _ = try resultTypes(inputs)
    let value = inputs[0]!
    let result =
      switch value.elementType {
      case .float32: converted(value.elements(as: Float.self).map(Double.init), value.shape)
      case .float16: converted(value.elements(as: Float16.self).map(Double.init), value.shape)
      case .int8: converted(value.elements(as: Int8.self).map(Int64.init), value.shape)
      case .uint8: converted(value.elements(as: UInt8.self).map(Int64.init), value.shape)
      case .int32: converted(value.elements(as: Int32.self).map(Int64.init), value.shape)
      case .int64: converted(value.elements(as: Int64.self), value.shape)
      case .bool: converted(value.elements(as: Bool.self).map { $0 ? 1 : 0 } as [Int64], value.shape)
      }
    return [result]
  }

  private func converted(_ numbers: [Double], _ shape: Shape) -> Tensor {
    switch elementType {
    case .float32: Tensor(shape, elements: numbers.map(Float.init))
    case .float16: Tensor(shape, elements: numbers.map(Float16.init))
    case .int8: Tensor(shape, elements: numbers.map(clamped) as [Int8])
    case .uint8: Tensor(shape, elements: numbers.map(clamped) as [UInt8])
    case .int32: Tensor(shape, elements: numbers.map(clamped) as [Int32])
    case .int64: Tensor(shape, elements: numbers.map(clamped) as [Int64])
    case .bool: Tensor(shape, elements: numbers.map { $0 != 0 })
    }
  }

  private func converted(_ integers: [Int64], _ shape: Shape) -> Tensor {
    switch elementType {
    case .float32: Tensor(shape, elements: integers.map { Float($0) })
    case .float16: Tensor(shape, elements: integers.map { Float16($0) })
    case .int8: Tensor(shape, elements: integers.map { Int8(truncatingIfNeeded: $0) })
    case .uint8: Tensor(shape, elements: integers.map { UInt8(truncatingIfNeeded: $0) })
    case .int32: Tensor(shape, elements: integers.map { Int32(truncatingIfNeeded: $0) })
    case .int64: Tensor(shape, elements: integers)
    case .bool: Tensor(shape, elements: integers.map { $0 != 0 })
    }
  }

  private func clamped<Integer: FixedWidthInteger>(_ number: Double) -> Integer {
    if number.isNaN { return 0 }
    if number >= Double(Integer.max) { return .max }
    if number <= Double(Integer.min) { return .min }
    return Integer(number)
  }
}
