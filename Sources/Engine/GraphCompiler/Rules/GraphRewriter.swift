import Graphs
import Tensors

/// Collects the changes of one pass over a graph and makes the changed graph at the end.
///
/// Who writes and who reads a value is answered for the graph as it was given. A node that a change touched is not
/// offered again in the same pass, so that changes never build on answers that no longer hold.
package struct GraphRewriter {
  /// The graph as given, with the constants added since.
  package private(set) var graph: Graph

  private let writers: [Int?]
  private let readers: [[Int]]
  private let outputs: Set<ValueID>
  private var names: Set<String>
  private var touched: Set<Int> = []
  private var replacements: [Int: [Node]] = [:]
  private var substitutions: [ValueID: ValueID] = [:]

  /// Starts a pass over `graph`.
  package init(_ graph: Graph) {
    self.graph = graph
    var writers = [Int?](repeating: nil, count: graph.values.count)
    var readers = [[Int]](repeating: [], count: graph.values.count)
    for (index, node) in graph.nodes.enumerated() {
      for output in node.outputs { writers[output.index] = index }
      for input in node.inputs { if let input { readers[input.index].append(index) } }
    }
    self.writers = writers
    self.readers = readers
    self.outputs = Set(graph.outputs)
    self.names = Set(graph.values.map(\.name))
  }

  /// Whether a run must return `value`.
  package func isOutput(_ value: ValueID) -> Bool { outputs.contains(value) }

  /// Whether the node at `index` is as it was given.
  package func isUntouched(_ index: Int) -> Bool { !touched.contains(index) }

  /// Returns the index of the untouched node that writes `value`.
  package func writer(of value: ValueID?) -> Int? {
    guard let value, value.index < writers.count, let index = writers[value.index], isUntouched(index)
    else { return nil }
    return index
  }

  /// Returns the index of the untouched node that writes `value` with an operator of type `Operation`, and the
  /// operator.
  package func writer<Operation: Operator>(of value: ValueID?, as type: Operation.Type)
    -> (index: Int, operation: Operation)?
  {
    guard let index = writer(of: value), let operation = graph.nodes[index].operation as? Operation
    else { return nil }
    return (index, operation)
  }

  /// Returns the index of the untouched node that alone reads `value`, once; nil when a run must return the value.
  package func onlyReader(of value: ValueID) -> Int? {
    let indices = readers[value.index]
    guard indices.count == 1, isUntouched(indices[0]), !isOutput(value) else { return nil }
    return indices[0]
  }

  /// Whether only nodes among `indices` read `value`, and no run must return it.
  package func isRead(_ value: ValueID, onlyBy indices: Set<Int>) -> Bool {
    !isOutput(value) && readers[value.index].allSatisfy(indices.contains)
  }

  /// Returns the float32 elements of a constant.
  package func floats(_ value: ValueID?) -> [Float]? {
    guard let value, let constant = graph[value].constant, constant.elementType == .float32 else {
      return nil
    }
    return constant.elements()
  }

  /// Returns the number that a constant of one float32 element holds.
  package func scalar(_ value: ValueID?) -> Float? {
    guard let value, graph[value].type.shape.elementCount == 1 else { return nil }
    return floats(value)?[0]
  }

  /// Returns one number for each of `channels` when a constant repeats along every axis of a value of `rank` but the
  /// channel axis, the second.
  package func perChannel(_ value: ValueID?, channels: Int, rank: Int) -> [Float]? {
    guard let value, let elements = floats(value) else { return nil }
    if elements.count == 1 { return [Float](repeating: elements[0], count: channels) }
    let shape = graph[value].type.shape
    let axisFromEnd = rank - 1
    guard elements.count == channels, shape.rank >= axisFromEnd, shape[shape.rank - axisFromEnd] == channels
    else { return nil }
    return elements
  }

  /// Adds a constant and returns it; a name that is taken gets a number.
  package mutating func addConstant(_ name: String, _ tensor: Tensor) -> ValueID {
    graph.addConstant(unusedName(like: name), tensor)
  }

  /// Adds a value that a new node writes; a name that is taken gets a number.
  package mutating func addValue(_ name: String, _ type: ValueType) -> ValueID {
    graph.addValue(unusedName(like: name), type)
  }

  /// Puts `new` where the last of `old` stood, in place of them all.
  ///
  /// What the old nodes alone wrote must be read by them alone. `examined` names further nodes the change relies on.
  package mutating func replace(_ old: [Int], with new: [Node], examined: [Int] = []) {
    touched.formUnion(old)
    touched.formUnion(examined)
    for index in old { replacements[index] = [] }
    replacements[old.max()!] = new
  }

  /// Removes a node that only passes its first operand on, where the graph's outputs allow it.
  package mutating func bypass(_ index: Int) {
    guard isUntouched(index), let input = graph.nodes[index].inputs[0].map(resolved) else { return }
    let output = graph.nodes[index].outputs[0]
    if isOutput(output) {
      // The output keeps its name, so the operand takes it; that needs an operand that a node writes under a name of
      // no importance.
      guard !isOutput(input), input.index < writers.count, let writer = writers[input.index],
        isUntouched(writer)
      else { return }
      touched.insert(writer)
      substitutions[input] = output
    } else {
      substitutions[output] = input
    }
    touched.insert(index)
    replacements[index] = []
  }

  /// Returns the changed graph, or nil when nothing changed.
  package func result() -> Graph? {
    guard !replacements.isEmpty else { return nil }
    var changed = graph
    changed.nodes = graph.nodes.indices.flatMap { replacements[$0] ?? [graph.nodes[$0]] }.map { node in
      var node = node
      node.inputs = node.inputs.map { $0.map(resolved) }
      node.outputs = node.outputs.map(resolved)
      return node
    }
    return changed
  }

  private mutating func unusedName(like name: String) -> String {
    var candidate = name
    var number = 2
    while !names.insert(candidate).inserted {
      candidate = "\(name).\(number)"
      number += 1
    }
    return candidate
  }

  private func resolved(_ value: ValueID) -> ValueID {
    var value = value
    while let next = substitutions[value] { value = next }
    return value
  }
}
