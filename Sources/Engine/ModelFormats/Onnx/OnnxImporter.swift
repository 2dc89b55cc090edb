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
  public static let operatorSets = 7...21

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
  /// - Throws: `ModelFormatError`.
  public static func graph(from path: String, shapes: [String: Shape] = [:]) throws -> Graph {
    let model = try OnnxModel(path: path)
    let operatorSet = model.operatorSets[""] ?? 0
    guard operatorSets.contains(operatorSet) else {
      throw ModelFormatError.operatorSet(found: operatorSet, supported: operatorSets)
    }
    var network = OnnxNetwork(model, operatorSet: operatorSet)
    try network.addWeights()
    try network.addInputs(shapes: shapes)
    for node in model.nodes { try network.add(node) }
    return try network.finish()
  }
}

/// One network while it is read: which value each name of the file stands for.
private struct OnnxNetwork {
  let model: OnnxModel
  let operatorSet: Int
  var builder: OnnxGraphBuilder
  var operands: [String: OnnxOperand] = [:]

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
      try define(weight.name, builder.constant(tensor, name: weight.name))
    }
  }

  mutating func addInputs(shapes: [String: Shape]) throws {
    // Old files list their weights among the inputs.
    let weights = Set(model.initializers.map(\.name))
    let inputs = model.inputs.filter { !weights.contains($0.name) }
    let shapes = try OnnxInputShapes(inputs: inputs, given: shapes)
    for input in inputs {
      try define(input.name, try builder.input(input.name, try shapes.type(of: input)))
    }
  }

  mutating func add(_ message: Onnx_NodeProto) throws {
    let domain = OnnxModel.canonical(message.domain)
    guard domain.isEmpty, let convert = OnnxOperators.converters[message.opType] else {
      throw ModelFormatError.unknownOperator(
        operation: message.opType, domain: domain, node: message.displayName,
        operatorSet: model.operatorSets[domain] ?? 0)
    }
    let node = try OnnxNode(
      message, operands: try message.input.map { try find($0, for: "node \(message.displayName)") },
      operatorSet: operatorSet, modelPath: model.file.path)
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
    builder.name(results, message.output, newerThan: firstValue)
    for (name, result) in zip(message.output, results) where !name.isEmpty { try define(name, result) }
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
