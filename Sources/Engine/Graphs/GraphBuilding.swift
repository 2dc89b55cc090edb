import Tensors

/// Builds a graph node by node; shapes are inferred as it grows.
extension Graph {
  /// Declares a value that each run is given.
  public mutating func addInput(_ name: String, _ type: ValueType) -> ValueID {
    let value = addValue(name, type)
    inputs.append(value)
    return value
  }

  /// Adds a value that is known before any run.
  public mutating func addConstant(_ name: String, _ tensor: Tensor) -> ValueID {
    let value = addValue(name, ValueType(tensor.shape, elementType: tensor.elementType))
    self[value].constant = tensor
    return value
  }

  /// Appends a node and returns its outputs, which are named after the node.
  ///
  /// - Throws: `GraphError.node`, around what the operator's shape inference throws.
  public mutating func add(_ operation: any Operator, _ operands: [ValueID?], name: String) throws
    -> [ValueID]
  {
    let types: [ValueType]
    do {
      types = try operation.outputTypes(for: operands.map { $0.map { self[$0].type } })
    } catch {
      throw GraphError.node(name: name, operation: operation.name, reason: "\(error)")
    }
    let outputs = types.enumerated().map { index, type in
      addValue(types.count == 1 ? name : "\(name):\(index)", type)
    }
    nodes.append(Node(name: name, operation: operation, inputs: operands, outputs: outputs))
    return outputs
  }

  /// Adds a value without a writer yet.
  public mutating func addValue(_ name: String, _ type: ValueType) -> ValueID {
    values.append(GraphValue(name: name, type: type, constant: nil))
    return ValueID(values.count - 1)
  }
}
