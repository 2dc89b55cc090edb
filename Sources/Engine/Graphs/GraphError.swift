import Tensors

/// What can be wrong with a graph or with the operands of an operator.
public enum GraphError: Error, Equatable, CustomStringConvertible {
  /// The operator needs another number of operands.
  case operandCount(operation: String, expected: String, found: Int)
  /// An operand's shape does not fit.
  case shape(operation: String, operand: String, found: Shape, expected: String)
  /// An operand's element type does not fit.
  case elementType(operation: String, operand: String, found: ElementType, expected: String)
  /// An attribute has a value that the operator cannot have.
  case attribute(operation: String, name: String, value: String, expected: String)
  /// A node of a graph cannot be added.
  case node(name: String, operation: String, reason: String)

  public var description: String {
    switch self {
    case .operandCount(let operation, let expected, let found):
      "\(operation) takes \(expected) operands, \(found) were given"
    case .shape(let operation, let operand, let found, let expected):
      "\(operation): \(operand) has shape \(found), expected \(expected)"
    case .elementType(let operation, let operand, let found, let expected):
      "\(operation): \(operand) holds \(found.rawValue), expected \(expected)"
    case .attribute(let operation, let name, let value, let expected):
      "\(operation): \(name) is \(value), expected \(expected)"
    case .node(let name, let operation, let reason):
      "node \(name) (\(operation)): \(reason)"
    }
  }
}
