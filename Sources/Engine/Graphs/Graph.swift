import Tensors

/// Names one value of a graph.
public struct ValueID: Sendable, Hashable, Comparable {
  /// The value's place in `Graph.values`.
  public let index: Int

  /// Names the value at `index`.
  public init(_ index: Int) { self.index = index }

  public static func < (left: ValueID, right: ValueID) -> Bool { left.index < right.index }
}

/// A value that flows through a graph.
public struct GraphValue: Sendable {
  /// The name that files and profiles use; unique within the graph.
  public var name: String
  /// The type of the value's elements and its shape.
  public var type: ValueType
  /// The elements, when they are known before any run: weights and folded results.
  public var constant: Tensor?
}

/// One application of an operator.
public struct Node: Sendable {
  /// The name that files and profiles use.
  public var name: String
  /// What is computed.
  public var operation: any Operator
  /// The operands in the operator's order; nil where an optional one is absent.
  public var inputs: [ValueID?]
  /// The results in the operator's order.
  public var outputs: [ValueID]

  /// Makes a node.
  public init(name: String, operation: any Operator, inputs: [ValueID?], outputs: [ValueID]) {
    self.name = name
    self.operation = operation
    self.inputs = inputs
    self.outputs = outputs
  }
}

/// A network as a list of nodes in an order in which they can run, every shape known.
///
/// Invariants, which `validate` checks: each value is written once, by a node, as an input or as a constant,
/// and before a node reads it; names of written values differ; `values[i].type` is what the writing node's
/// operator infers. A value that nothing reads or writes may stay behind when nodes are removed.
public struct Graph: Sendable {
  /// The network's name.
  public var name: String
  /// Every value, found by `ValueID.index`.
  public var values: [GraphValue] = []
  /// The nodes in the order in which they run.
  public var nodes: [Node] = []
  /// Values given at each run.
  public var inputs: [ValueID] = []
  /// Values wanted from each run.
  public var outputs: [ValueID] = []

  /// Makes an empty graph.
  public init(name: String) { self.name = name }

  public subscript(value: ValueID) -> GraphValue {
    get { values[value.index] }
    set { values[value.index] = newValue }
  }

  /// The number of weights: elements of all constants that nodes read.
  public var parameterCount: Int {
    let read = Set(nodes.flatMap { $0.inputs.compactMap { $0 } })
    return read.reduce(0) { $0 + (self[$1].constant?.shape.elementCount ?? 0) }
  }

  /// The cost of one run.
  public var cost: Cost {
    nodes.reduce(Cost(multiplyAdds: 0, bytes: 0)) { $0 + cost(of: $1) }
  }

  /// Returns the cost of one node.
  public func cost(of node: Node) -> Cost {
    node.operation.cost(
      inputs: node.inputs.map { $0.map { self[$0].type } }, outputs: node.outputs.map { self[$0].type })
  }
}
