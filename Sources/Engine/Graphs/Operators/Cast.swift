import Tensors

/// Converts each element to another type.
///
/// Operand: any element type and shape. Numbers become integers by cutting the fraction and clamping to the range, not a
/// number becomes zero; integers wrap around; whatever is not zero becomes true.
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
