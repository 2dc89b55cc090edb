import Tensors

extension Graph {
  /// Runs the whole graph by the operators' naive evaluations, which compiled plans are compared with.
  ///
  /// - Parameter tensors: One tensor for each of the graph's inputs, by name.
  /// - Returns: The graph's outputs, by name.
  /// - Throws: `GraphError.input` when a tensor is missing, superfluous or of another type; `GraphError.node`
  ///   around what a node throws; `GraphError.invariant` when the graph is not valid.
  public func evaluateReference(_ tensors: [String: Tensor]) throws -> [String: Tensor] {
    try validate()
    var results = values.map(\.constant)
    for input in inputs { results[input.index] = try tensor(for: self[input], in: tensors) }
    let names = inputs.map { self[$0].name }
    if let superfluous = tensors.keys.filter({ !names.contains($0) }).min() {
      throw GraphError.input(name: superfluous, reason: "is not one of \(names.joined(separator: ", "))")
    }
    for node in nodes {
      do {
        let outputs = try node.operation.evaluate(node.inputs.map { $0.flatMap { results[$0.index] } })
        for (value, tensor) in zip(node.outputs, outputs) { results[value.index] = tensor }
      } catch {
        throw GraphError.node(name: node.name, operation: node.operation.name, reason: "\(error)")
      }
    }
    return outputs.reduce(into: [:]) { $0[self[$1].name] = results[$1.index] }
  }

  private func tensor(for input: GraphValue, in tensors: [String: Tensor]) throws -> Tensor {
    guard let tensor = tensors[input.name] else {
      throw GraphError.input(name: input.name, reason: "is missing, it takes \(input.type)")
    }
    guard tensor.valueType == input.type else {
      throw GraphError.input(name: input.name, reason: "takes \(input.type), was given \(tensor.valueType)")
    }
    return tensor
  }
}
