import Tensors

/// A function applied to each element.
///
/// Operand and result: float32 of any shape.
public struct Activation: Operator, Hashable {
  public static let name = "Activation"

  /// The function.
  public var function: ActivationFunction

  /// Makes an activation.
  public init(_ function: ActivationFunction) { self.function = function }

  public func outputTypes(for inputs: [ValueType?]) throws -> [ValueType] {
    let operands = try OperandTypes(inputs, of: name, count: 1...1)
    return [ValueType(try operands.floats(0, "the value"))]
  }
}

extension Activation {
  public func evaluate(_ inputs: [Tensor?]) throws -> [Tensor] {
    let result = try resultTypes(inputs)[0].shape
    return [Tensor(result, elements: inputs[0]!.floats.map { function($0) })]
  }
}
