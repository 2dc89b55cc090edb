import Graphs
import Tensors

/// Builds a graph from the nodes of an ONNX file: evaluates what is known while importing, adds the rest.
struct OnnxGraphBuilder {
  /// The most elements of a value that is evaluated while importing; larger ones are left to each run.
  static let foldingLimit = 1 << 26
  /// The most multiply-adds of a node that is evaluated while importing.
  static let foldingCostLimit = 1 << 28
  /// The most elements of all values together that are evaluated while importing.
  static let foldingTotalLimit = 1 << 28

  /// The most elements of a value that a run computes: 4 GiB of float32.
  static let valueLimit = 1 << 30

  /// The graph so far.
  private(set) var graph: Graph
  /// Where constants stand in the graph, once a node of the graph reads them.
  private var placedConstants: [Int: ValueID] = [:]
  private var constantNames: [String] = []
  private var usedNames: Set<String>
  private var foldedElements = 0

  /// Starts a graph.
  ///
  /// - Parameters:
  ///   - name: the network's name.
  ///   - reservedNames: the names of the file's values, which no intermediate value may take.
  init(name: String, reservedNames: Set<String>) {
    self.graph = Graph(name: name)
    self.usedNames = reservedNames
  }

  // MARK: Values

  /// Makes a constant; it enters the graph when a node that is not evaluated while importing reads it.
  mutating func constant(_ tensor: Tensor, name: String) -> OnnxOperand {
    constantNames.append(name)
    return .constant(tensor, identifier: constantNames.count - 1)
  }

  /// Makes a constant under a name derived from `node`.
  mutating func constant(_ tensor: Tensor, of node: OnnxNode) -> OnnxOperand {
    constant(tensor, name: uniqueName("\(node.name)/constant"))
  }

  /// Declares an input.
  ///
  /// - Throws: `ModelFormatError.tensor` when it is too large.
  mutating func input(_ name: String, _ type: ValueType) throws(ModelFormatError) -> OnnxOperand {
    guard type.shape.elementCount <= Self.valueLimit else {
      throw .tensor(name: name, reason: "an input of shape \(type.shape) is too large")
    }
    return .value(graph.addInput(name, type), type)
  }

  /// Makes `operand` an output of the graph named `name`.
  mutating func output(_ operand: OnnxOperand, name: String) throws {
    switch operand {
    case .constant(let tensor, _): graph.outputs.append(graph.addConstant(name, tensor))
    case .value(let value, let type):
      if graph[value].name == name {
        graph.outputs.append(value)
      } else {
        // The file gives a second name to this value; a view lets both names be asked for.
        let view = try graph.add(Reshape(shape: type.shape.dimensions), [value], name: name)
        graph.outputs += view
      }
    }
  }

  /// Checks that a value that only an evaluation while importing can give is not too large.
  mutating func reserve(elements: Int, for node: OnnxNode) throws(ModelFormatError) {
    guard elements <= Self.foldingLimit, foldedElements + elements <= Self.foldingTotalLimit else {
      throw node.failure("its constant result of \(elements) elements is too large")
    }
    foldedElements += elements
  }

  // MARK: Nodes

  /// Applies an operator: at once where all operands are known, else as a node of the graph.
  ///
  /// - Throws: `GraphError` when the operands do not fit.
  mutating func apply(_ operation: any Operator, _ operands: [OnnxOperand?], for node: OnnxNode) throws
    -> [OnnxOperand]
  {
    let types = operands.map { $0?.type }
    let outputTypes = try operation.outputTypes(for: types)
    if let folded = try fold(operation, operands, outputTypes: outputTypes) {
      return folded.map { constant($0, of: node) }
    }
    for type in outputTypes where type.shape.elementCount > Self.valueLimit {
      throw node.failure("its result of shape \(type.shape) is too large")
    }
    let inputs = operands.map { $0.map { place($0) } }
    let outputs = try graph.add(operation, inputs, name: node.name)
    for value in outputs { graph[value].name = uniqueName("\(node.name)/\(operation.name)") }
    return zip(outputs, outputTypes).map { .value($0, $1) }
  }

  /// Applies an operator with one result.
  mutating func apply(_ operation: any Operator, _ operands: OnnxOperand?..., for node: OnnxNode) throws
    -> OnnxOperand
  {
    try apply(operation, operands, for: node)[0]
  }

  /// Makes a constant of one number.
  mutating func scalar(_ value: Float, for node: OnnxNode) -> OnnxOperand {
    constant(Tensor([], elements: [value]), of: node)
  }

  /// Makes a constant of one number of an element type.
  mutating func scalar(_ value: Int, _ type: ElementType, for node: OnnxNode) throws -> OnnxOperand {
    constant(try Cast(to: type).evaluate([Tensor([], elements: [Int64(value)])])[0], of: node)
  }

  /// Adds arithmetic of two operands that broadcast.
  mutating func combine(
    _ operation: BinaryArithmetic.Operation, _ left: OnnxOperand, _ right: OnnxOperand, for node: OnnxNode
  ) throws -> OnnxOperand {
    try apply(BinaryArithmetic(operation), left, right, for: node)
  }

  /// Adds arithmetic of an operand and a number.
  mutating func combine(
    _ operation: BinaryArithmetic.Operation, _ left: OnnxOperand, _ right: Float, for node: OnnxNode
  ) throws -> OnnxOperand {
    try apply(BinaryArithmetic(operation), left, scalar(right, for: node), for: node)
  }

  /// Gives an operand another shape, unless it has it.
  mutating func reshape(_ operand: OnnxOperand, _ shape: [Int], for node: OnnxNode) throws -> OnnxOperand {
    operand.shape.dimensions == shape ? operand : try apply(Reshape(shape: shape), operand, for: node)
  }

  /// Converts an operand, unless it has the type.
  mutating func cast(_ operand: OnnxOperand, to type: ElementType, for node: OnnxNode) throws -> OnnxOperand {
    operand.type.elementType == type ? operand : try apply(Cast(to: type), operand, for: node)
  }

  /// Gives the results of a node the names that the file gives them.
  ///
  /// - Parameter firstValue: the number of the graph's values before the node was converted; older values keep their names.
  mutating func name(_ results: [OnnxOperand], _ names: [String], newerThan firstValue: Int) {
    for (result, name) in zip(results, names) where !name.isEmpty {
      if case .value(let value, _) = result, value.index >= firstValue { graph[value].name = name }
    }
  }

  private mutating func fold(_ operation: any Operator, _ operands: [OnnxOperand?], outputTypes: [ValueType])
    throws
    -> [Tensor]?
  {
    let constants = operands.map { $0?.constant }
    guard zip(operands, constants).allSatisfy({ ($0 == nil) == ($1 == nil) }) else { return nil }
    let elements = outputTypes.reduce(0) { $0 + $1.shape.elementCount }
    let cost = operation.cost(inputs: operands.map { $0?.type }, outputs: outputTypes)
    guard elements <= Self.foldingLimit, foldedElements + elements <= Self.foldingTotalLimit,
      cost.multiplyAdds <= Self.foldingCostLimit
    else { return nil }
    foldedElements += elements
    return try operation.evaluate(constants)
  }

  /// Returns the graph's value for an operand, adding constants that no node has read yet.
  private mutating func place(_ operand: OnnxOperand) -> ValueID {
    switch operand {
    case .value(let value, _): return value
    case .constant(let tensor, let identifier):
      if let value = placedConstants[identifier] { return value }
      let value = graph.addConstant(constantNames[identifier], tensor)
      placedConstants[identifier] = value
      return value
    }
  }

  private mutating func uniqueName(_ name: String) -> String {
    var candidate = name
    var count = 1
    while !usedNames.insert(candidate).inserted {
      count += 1
      candidate = "\(name)/\(count)"
    }
    return candidate
  }
}
