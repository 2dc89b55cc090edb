import Graphs
import Tensors

/// Builds a graph from the nodes of a TFLite file.
struct TFLiteGraphBuilder {
  /// The axes of an image with its channels last, in the order with its channels first.
  static let imageAxes = [0, 3, 1, 2]
  private static let fileAxes = [0, 2, 3, 1]

  /// The graph so far.
  private(set) var graph: Graph
  private var usedNames: Set<String>
  private var endpointNames: Set<String> = []
  private var foldedElements = 0

  /// Starts a graph.
  ///
  /// - Parameters:
  ///   - name: the network's name.
  ///   - reservedNames: the names of inputs and outputs, which no intermediate value may take.
  init(name: String, reservedNames: Set<String>) {
    graph = Graph(name: name)
    usedNames = reservedNames
  }

  /// Declares an input.
  mutating func input(_ name: String, _ type: ValueType) throws(ModelFormatError) -> TFLiteOperand {
    guard endpointNames.insert(name).inserted else { throw .duplicateName(name) }
    guard type.shape.elementCount <= OnnxGraphBuilder.valueLimit else {
      throw .tensor(name: name, reason: "an input of shape \(type.shape) is too large")
    }
    return .value(graph.addInput(name, type), type, isImage: false)
  }

  /// Makes `operand` an output of the graph named `name`, in the file's order.
  mutating func output(_ operand: TFLiteOperand, name: String) throws {
    guard endpointNames.insert(name).inserted else { throw ModelFormatError.duplicateName(name) }
    let value = try self.value(operand, name: name)
    // Such values have names or readers of their own; a view lets this name be asked for.
    if graph.inputs.contains(value) || graph.outputs.contains(value) || graph[value].constant != nil {
      let view = try graph.add(
        Reshape(shape: operand.shape.dimensions), [value], name: unique(name))
      graph.outputs += view
    } else {
      graph.outputs.append(value)
    }
    if let last = graph.outputs.last { graph[last].name = name }
  }

  /// Adds an operator on values of the file's order; what is known is evaluated at once.
  mutating func apply(_ operation: any Operator, _ operands: [TFLiteOperand?], for node: TFLiteNode) throws
    -> [TFLiteOperand]
  {
    let constants = operands.map { operand -> Tensor? in
      if case .constant(let tensor)? = operand { return tensor }
      return nil
    }
    if zip(operands, constants).allSatisfy({ ($0 == nil) == ($1 == nil) }) {
      let types = operands.map { $0?.type }
      let outputs = try operation.outputTypes(for: types)
      let elements = outputs.reduce(0) { $0 + $1.shape.elementCount }
      // A small file can ask for any amount of work; what is too much is left to the run.
      if foldedElements + elements <= OnnxGraphBuilder.foldingLimit,
        operation.cost(inputs: types, outputs: outputs).multiplyAdds <= OnnxGraphBuilder.foldingCostLimit
      {
        foldedElements += elements
        return try operation.evaluate(constants).map { .constant($0) }
      }
    }
    let inputs = try operands.map { try $0.map { try value($0, name: node.name) } }
    return try add(operation, inputs, for: node).map { .value($0, graph[$0].type, isImage: false) }
  }

  /// Adds an operator on images, which have their channels first, and gives images.
  mutating func applyToImages(_ operation: any Operator, _ operands: [ValueID?], for node: TFLiteNode) throws
    -> [TFLiteOperand]
  {
    try add(operation, operands, for: node).map { value in
      var type = graph[value].type
      type.shape = Shape(Self.fileAxes.map { type.shape[$0] })
      return .value(value, type, isImage: true)
    }
  }

  /// Returns the graph's value for an operand in the file's order.
  mutating func value(_ operand: TFLiteOperand, name: String) throws -> ValueID {
    switch operand {
    case .constant(let tensor): return graph.addConstant(unique("\(name)/constant"), tensor)
    case .value(let value, _, false): return value
    case .value(let value, _, true):
      return try graph.add(Transpose(permutation: Self.fileAxes), [value], name: unique("\(name)/order"))[0]
    }
  }

  /// Returns the graph's value for an operand of up to four dimensions as an image with its channels first.
  mutating func image(_ operand: TFLiteOperand, for node: TFLiteNode) throws -> ValueID {
    guard operand.shape.rank <= 4 else { throw node.failure("a value of shape \(operand.shape) is no image") }
    if case .value(let value, _, true) = operand { return value }
    let missing = 4 - operand.shape.rank
    let shape = [Int](repeating: 1, count: missing) + operand.shape.dimensions
    let whole = missing == 0 ? operand : try apply(Reshape(shape: shape), [operand], for: node)[0]
    let turned = try apply(Transpose(permutation: Self.imageAxes), [whole], for: node)[0]
    return try value(turned, name: node.name)
  }

  /// Adds a constant.
  mutating func constant(_ tensor: Tensor, for node: TFLiteNode) -> ValueID {
    graph.addConstant(unique("\(node.name)/constant"), tensor)
  }

  /// Adds the function that follows an operator.
  mutating func activate(_ operands: [TFLiteOperand], _ function: ActivationFunction, for node: TFLiteNode)
    throws
    -> [TFLiteOperand]
  {
    if function == .identity { return operands }
    return try operands.map { try map(Activation(function), $0, for: node) }
  }

  /// Adds an operator of one value that works element by element, in whichever order the value is.
  mutating func map(_ operation: any Operator, _ operand: TFLiteOperand, for node: TFLiteNode) throws
    -> TFLiteOperand
  {
    guard case .value(let value, _, true) = operand else {
      return try apply(operation, [operand], for: node)[0]
    }
    return try applyToImages(operation, [value], for: node)[0]
  }

  private mutating func add(_ operation: any Operator, _ inputs: [ValueID?], for node: TFLiteNode) throws
    -> [ValueID]
  {
    let outputs = try graph.add(operation, inputs, name: node.name)
    for value in outputs {
      guard graph[value].type.shape.elementCount <= OnnxGraphBuilder.valueLimit else {
        throw node.failure("its result of shape \(graph[value].type.shape) is too large")
      }
      graph[value].name = unique(node.name)
    }
    return outputs
  }

  private mutating func unique(_ name: String) -> String {
    var candidate = name
    var count = 1
    while !usedNames.insert(candidate).inserted {
      count += 1
      candidate = "\(name)/\(count)"
    }
    return candidate
  }
}
