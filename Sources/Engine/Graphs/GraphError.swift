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
  /// The result would be too large to hold, or have a negative dimension.
  case resultShape(operation: String, dimensions: [Int], limit: Int)
  /// The operands' values, not their types, have no result.
  case operandValue(operation: String, operand: String, reason: String)
  /// A node of a graph cannot be added or evaluated.
  case node(name: String, operation: String, reason: String)
  /// A graph breaks one of its invariants.
  case invariant(graph: String, reason: String)
  /// A run is not given what the graph's inputs need.
  case input(name: String, reason: String)

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
    case .resultShape(let operation, let dimensions, let limit):
      "\(operation): the result would have shape \(dimensions), at most \(limit) elements are possible"
    case .operandValue(let operation, let operand, let reason):
      "\(operation): \(operand) \(reason)"
    case .node(let name, let operation, let reason):
      "node \(name) (\(operation)): \(reason)"
    case .invariant(let graph, let reason):
      "graph \(graph) is not valid: \(reason)"
    case .input(let name, let reason):
      "graph input \(name): \(reason)"
    }
  }
}
