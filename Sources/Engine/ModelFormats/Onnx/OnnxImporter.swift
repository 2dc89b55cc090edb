import Graphs
import Tensors

/// Reads ONNX models.
///
///     let graph = try OnnxImporter.graph(from: "mobilenet_v2.onnx", shapes: ["input": [1, 3, 224, 224]])
///
/// Whatever does not depend on the inputs is evaluated while importing, so that shapes, sizes and paddings that the
/// file computes become attributes of the graph's operators. An ONNX operator is known when `OnnxOperators` lists a
/// converter for it; a new one is a function in `Operators/` and a line in that file's table.
///
/// The messages in `Generated/onnx.pb.swift` come from `onnx.proto` of the Python package `onnx` (1.23.2), by
///
///     protoc --plugin=protoc-gen-swift --swift_opt=Visibility=Internal --swift_out=. onnx.proto
///
/// with the generator of the swift-protobuf version in `Package.resolved`.
public enum OnnxImporter {
  /// The operator sets that models may be made for.
  public static let operatorSets = 7...25

  /// Reads a model into a graph.
  ///
  /// Inputs keep their names and order; numbers that the engine does not compute in are widened (float16 and
  /// bfloat16) or rounded (float64) to float32. Float32 weights that are aligned in the file are not copied: the
  /// graph keeps the file mapped.
  ///
  /// - Parameters:
  ///   - path: the model's file; external data is read only from its folder.
  ///   - shapes: the shapes of inputs whose dimensions the file leaves open; a first dimension left open is one
  ///     unless given here.
  ///   - constants: inputs that are known now and become weights; the graph does not have them as inputs.
  /// - Throws: `ModelFormatError`.
  public static func graph(
    from path: String, shapes: [String: Shape] = [:], constants: [String: Tensor] = [:]
  ) throws -> Graph {
    let model = try OnnxModel(path: path)
    let operatorSet = model.operatorSets[""] ?? 0
    guard operatorSets.contains(operatorSet) else {
      throw ModelFormatError.operatorSet(found: operatorSet, supported: operatorSets)
    }
    var network = OnnxNetwork(model, operatorSet: operatorSet)
    try network.addWeights()
    try network.addInputs(shapes: shapes, constants: constants)
    for node in OnnxNodeOrder.sorted(model.nodes) { try network.add(node) }
    return try network.finish()
  }

  /// Returns the names of a model's inputs and outputs in the file's order, without reading its weights.
  ///
  /// - Throws: `ModelFormatError` when the file cannot be opened or is not an ONNX model.
  public static func endpoints(of path: String) throws -> (inputs: [String], outputs: [String]) {
    let model = try OnnxModel(path: path)
    let weights = Set(model.initializers.map(\.name))
    return (model.inputs.map(\.name).filter { !weights.contains($0) }, model.outputs.map(\.name))
  }
}

/// One network while it is read: which value each name of the file stands for.
private struct OnnxNetwork {
  let model: OnnxModel
  let operatorSet: Int
  var builder: OnnxGraphBuilder
  var operands: [String: OnnxOperand] = [:]
  /// How the file stores the values whose type it says, where that is not the type they are computed in.
  var storedTypes: [String: StoredType] = [:]
  /// How many branches the current node lies in.
  var depth = 0

  /// The most branches that may lie in each other.
  static let depthLimit = 16

  init(_ model: OnnxModel, operatorSet: Int) {
    self.model = model
    self.operatorSet = operatorSet
    let names =
      model.initializers.map(\.name) + model.inputs.map(\.name) + model.outputs.map(\.name)
      + model.nodes.flatMap(\.output)
    self.builder = OnnxGraphBuilder(name: model.name, reservedNames: Set(names))
  }

  mutating func addWeights() throws {
    var externalData = ExternalData(modelPath: model.file.path)
    for weight in model.initializers {
      let tensor = try weight.tensor(externalData: &externalData)
      storedTypes[weight.name] = StoredType(onnx: weight.description.dataType)
      try define(weight.name, builder.constant(tensor, name: weight.name))
    }
  }

  mutating func addInputs(shapes: [String: Shape], constants: [String: Tensor]) throws {
    // Old files list their weights among the inputs.
    let weights = Set(model.initializers.map(\.name))
    let inputs = model.inputs.filter { !weights.contains($0.name) }
    let shapes = try OnnxInputShapes(inputs: inputs, given: shapes)
    for input in inputs {
      storedTypes[input.name] = StoredType(onnx: input.type.tensorType.elemType)
      if let tensor = constants[input.name] {
        try define(input.name, builder.constant(tensor, name: input.name))
        continue
      }
      try define(input.name, try builder.input(input.name, try shapes.type(of: input)))
    }
  }

  mutating func add(_ message: Onnx_NodeProto) throws {
    let domain = OnnxModel.canonical(message.domain)
    if domain.isEmpty, message.opType == "If" { return try addBranch(of: message) }
    guard domain.isEmpty, let convert = OnnxOperators.converters[message.opType] else {
      throw ModelFormatError.unknownOperator(
        operation: message.opType, domain: domain, node: message.displayName,
        operatorSet: model.operatorSets[domain] ?? 0)
    }
    let node = try OnnxNode(
      message, operands: try message.input.map { try find($0, for: "node \(message.displayName)") },
      storedTypes: message.input.map { storedTypes[$0] }, operatorSet: operatorSet,
      modelPath: model.file.path)
    let firstValue = builder.graph.values.count
    let results: [OnnxOperand]
    do {
      results = try convert(node, &builder)
    } catch let error as ModelFormatError {
      throw error
    } catch GraphError.node(_, _, let reason) {
      throw node.failure(reason)
    } catch {
      throw node.failure("\(error)")
    }
    guard results.count >= node.outputCount else {
      throw node.failure("output \(node.outputCount) is not supported")
    }
    // Names within a branch need not differ from those within another.
    if depth == 0 { builder.name(results, message.output, newerThan: firstValue) }
    for (name, result) in zip(message.output, results) where !name.isEmpty { try define(name, result) }
  }

  /// Adds the nodes of the branch that an `If` takes; its condition must be known while importing.
  private mutating func addBranch(of message: Onnx_NodeProto) throws {
    let node = try OnnxNode(
      message, operands: try message.input.map { try find($0, for: "node \(message.displayName)") },
      storedTypes: [], operatorSet: operatorSet, modelPath: model.file.path)
    guard depth < Self.depthLimit else {
      throw node.failure("more than \(Self.depthLimit) branches in each other")
    }
    guard let condition = try node.constant(0, "the condition")?.integers, condition.count == 1 else {
      throw node.failure("the condition is missing or not one truth value")
    }
    guard let branch = try node.graph(condition[0] != 0 ? "then_branch" : "else_branch") else {
      throw node.failure("a branch is missing")
    }
    guard branch.output.count >= node.outputCount else {
      throw node.failure("its branch has \(branch.output.count) outputs")
    }
    let (outerOperands, outerTypes) = (operands, storedTypes)
    depth += 1
    var externalData = ExternalData(modelPath: model.file.path)
    for weight in branch.initializer {
      let tensor = try OnnxTensor(weight, modelPath: model.file.path).tensor(externalData: &externalData)
      try define(weight.name, builder.constant(tensor, of: node))
    }
    for inner in OnnxNodeOrder.sorted(branch.node) { try add(inner) }
    let results = try branch.output.map { try find($0.name, for: "node \(node.name)") }
    depth -= 1
    (operands, storedTypes) = (outerOperands, outerTypes)
    for (name, result) in zip(message.output, results) where !name.isEmpty {
      guard let result else { throw node.failure("an output of its branch has no name") }
      try define(name, result)
    }
  }

  mutating func finish() throws -> Graph {
    guard !model.outputs.isEmpty else {
      throw ModelFormatError.damaged(path: model.file.path, reason: "the network has no outputs")
    }
    var names: Set<String> = []
    for output in model.outputs {
      guard names.insert(output.name).inserted else { throw ModelFormatError.duplicateName(output.name) }
      guard let operand = try find(output.name, for: "the output") else {
        throw ModelFormatError.damaged(path: model.file.path, reason: "an output has no name")
      }
      try builder.output(operand, name: output.name)
    }
    return builder.graph
  }

  /// Returns what a name stands for; nil for the empty name, which marks an absent optional operand.
  private func find(_ name: String, for reader: String) throws(ModelFormatError) -> OnnxOperand? {
    if name.isEmpty { return nil }
    guard let operand = operands[name] else { throw .missingValue(name: name, node: reader) }
    return operand
  }

  private mutating func define(_ name: String, _ operand: OnnxOperand) throws(ModelFormatError) {
    guard operands.updateValue(operand, forKey: name) == nil else { throw .duplicateName(name) }
  }
}
