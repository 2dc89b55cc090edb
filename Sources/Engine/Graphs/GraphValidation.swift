import Tensors

extension Graph {
  /// Checks the graph's invariants; a value that no node writes may stay behind when none reads it either.
  ///
  /// - Throws: `GraphError.invariant` for the first one broken.
  public func validate() throws {
    try validateReferences()
    try validateConstants()
    var written = try writtenBeforeRun()
    for node in nodes {
      for input in node.inputs.compactMap({ $0 }) where !written.contains(input) {
        throw invariant("node \(node.name) reads \(self[input].name) before anything writes it")
      }
      for output in node.outputs where !written.insert(output).inserted {
        throw invariant("\(self[output].name) is written a second time, by node \(node.name)")
      }
      try validateTypes(of: node)
    }
    for output in outputs where !written.contains(output) {
      throw invariant("output \(self[output].name) is never written")
    }
    try validateNames(of: written)
  }

  private func validateReferences() throws {
    let ofNodes = nodes.flatMap { $0.inputs.compactMap { $0 } + $0.outputs }
    for value in ofNodes + inputs + outputs where !values.indices.contains(value.index) {
      throw invariant("value \(value.index) is named, but there are only \(values.count)")
    }
  }

  private func validateConstants() throws {
    for value in values {
      guard let constant = value.constant, constant.valueType != value.type else { continue }
      throw invariant("constant \(value.name) is \(constant.valueType), declared as \(value.type)")
    }
  }

  /// Returns the inputs and constants.
  private func writtenBeforeRun() throws -> Set<ValueID> {
    var written = Set(values.indices.filter { values[$0].constant != nil }.map(ValueID.init))
    for input in inputs where !written.insert(input).inserted {
      throw invariant("input \(self[input].name) is also a constant or declared twice")
    }
    return written
  }

  private func validateTypes(of node: Node) throws {
    let declared = node.outputs.map { self[$0].type }
    let inferred: [ValueType]
    do {
      inferred = try node.operation.outputTypes(for: node.inputs.map { $0.map { self[$0].type } })
    } catch {
      throw invariant("node \(node.name) does not fit its operands: \(error)")
    }
    guard inferred == declared else {
      throw invariant("node \(node.name) gives \(inferred), its outputs are declared as \(declared)")
    }
  }

  private func validateNames(of written: Set<ValueID>) throws {
    var names: Set<String> = []
    for value in written.sorted() where !names.insert(self[value].name).inserted {
      throw invariant("two values are named \(self[value].name)")
    }
  }

  private func invariant(_ reason: String) -> GraphError { .invariant(graph: name, reason: reason) }
}
