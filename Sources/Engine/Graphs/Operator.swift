import Tensors

/// A computation without state: attributes, shape inference, cost, and a naive evaluation that fast kernels
/// are tested against.
///
/// Weights are inputs, not attributes. Absent optional inputs are nil.
public protocol Operator: Sendable {
  /// The operator's name as profiles and error messages show it.
  static var name: String { get }

  /// Returns the types of the outputs.
  ///
  /// - Throws: `GraphError` when the inputs do not fit the operator.
  func outputTypes(for inputs: [ValueType?]) throws -> [ValueType]

  /// Returns what one evaluation costs.
  func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost

  /// Computes the outputs the plain way; inputs fit `outputTypes`.
  func evaluate(_ inputs: [Tensor?]) throws -> [Tensor]
}

extension Operator {
  /// The operator's name as profiles and error messages show it.
  public var name: String { Self.name }

  /// Reads every input and writes every output once, without multiply-adds.
  public func cost(inputs: [ValueType?], outputs: [ValueType]) -> Cost {
    Cost(multiplyAdds: 0, bytes: Cost.traffic(inputs: inputs, outputs: outputs))
  }
}
