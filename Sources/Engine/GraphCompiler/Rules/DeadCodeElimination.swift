import Graphs

/// Removes nodes whose results nobody reads, and values nobody reads or writes.
package struct DeadCodeElimination: RewriteRule {
  package static let name = "Dead code elimination"

  package init() {}

  package func rewrite(_ graph: Graph) throws -> Graph? {
    var isNeeded = [Bool](repeating: false, count: graph.values.count)
    for value in graph.outputs { isNeeded[value.index] = true }
    var kept: [Node] = []
    for node in graph.nodes.reversed() where node.outputs.contains(where: { isNeeded[$0.index] }) {
      kept.append(node)
      for input in node.inputs { if let input { isNeeded[input.index] = true } }
      for output in node.outputs { isNeeded[output.index] = true }
    }
    for value in graph.inputs { isNeeded[value.index] = true }
    guard isNeeded.contains(false) else { return nil }

    var names = [ValueID?](repeating: nil, count: graph.values.count)
    var result = Graph(name: graph.name)
    for (index, value) in graph.values.enumerated() where isNeeded[index] {
      names[index] = ValueID(result.values.count)
      result.values.append(value)
    }
    // Safe: every value named below was marked as needed above.
    func renamed(_ value: ValueID) -> ValueID { names[value.index]! }
    result.inputs = graph.inputs.map(renamed)
    result.outputs = graph.outputs.map(renamed)
    result.nodes = kept.reversed().map { node in
      Node(
        name: node.name, operation: node.operation, inputs: node.inputs.map { $0.map(renamed) },
        outputs: node.outputs.map(renamed))
    }
    return result
  }
}
