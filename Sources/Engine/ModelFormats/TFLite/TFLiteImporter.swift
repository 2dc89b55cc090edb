import Graphs
import Tensors

/// Reads TFLite models of floating-point numbers.
///
///     let graph = try TFLiteImporter.graph(from: "selfie_segmentation.tflite")
///
/// Inputs and outputs keep the file's names, shapes and order of axes: images have their channels last. Weights of
/// float32 that are aligned in the file are not copied, those of float16 are widened. An operator is known when
/// `TFLiteOperators` lists a converter for it; a new one is a function in `Operators/` and a line in that file's table.
public enum TFLiteImporter {
  /// Reads a model into a graph.
  ///
  /// - Parameters:
  ///   - path: the model's file.
  ///   - shapes: shapes of inputs; a TFLite file fixes all of them, so others than its own are refused.
  /// - Throws: `ModelFormatError`.
  public static func graph(from path: String, shapes: [String: Shape] = [:]) throws -> Graph {
    let model = try TFLiteModel(path: path)
    var builder = TFLiteGraphBuilder(
      name: model.name, reservedNames: Set((model.inputs + model.outputs).map { model.values[$0].name }))
    var operands: [Int: TFLiteOperand] = [:]
    for index in model.inputs {
      let value = model.values[index]
      try check(shapes[value.name], against: value)
      operands[index] = try builder.input(
        value.name, ValueType(value.shape, elementType: value.type.computedType))
    }
    let names = model.inputs.map { model.values[$0].name }
    if let unknown = shapes.keys.filter({ !names.contains($0) }).min() {
      throw ModelFormatError.inputShape(
        name: unknown, reason: "there is no such input; the inputs are \(names.joined(separator: ", "))")
    }
    func find(_ index: Int, for reader: String) throws(ModelFormatError) -> TFLiteOperand {
      if let operand = operands[index] { return operand }
      guard let stored = model.values[index].stored else {
        throw .missingValue(name: model.values[index].name, node: reader)
      }
      return .constant(stored.computed())
    }
    for message in model.nodes {
      let name = message.outputs.first.map { model.values[$0].name } ?? ""
      let node = TFLiteNode(
        name: name, operation: message.operation.name,
        operands: try message.inputs.map { try $0.map { try find($0, for: "node \(name)") } },
        outputShapes: message.outputs.map { model.values[$0].shape }, options: message.options,
        customOptions: message.customOptions.map { words(of: model.file, $0) } ?? [])
      let results = try convert(node, message.operation, &builder)
      guard results.count >= message.outputs.count else {
        throw node.failure("output \(message.outputs.count) is not supported")
      }
      for (index, result) in zip(message.outputs, results) {
        guard operands.updateValue(result, forKey: index) == nil else {
          throw ModelFormatError.duplicateName(model.values[index].name)
        }
      }
    }
    for index in model.outputs {
      try builder.output(find(index, for: "the output"), name: model.values[index].name)
    }
    return builder.graph
  }

  private static func convert(
    _ node: TFLiteNode, _ operation: TFLiteOperation, _ builder: inout TFLiteGraphBuilder
  ) throws -> [TFLiteOperand] {
    guard let convert = TFLiteOperators.converters[operation] else {
      throw ModelFormatError.unknownOperator(
        operation: operation.name, domain: "TFLite", node: node.name, operatorSet: 0)
    }
    do {
      return try convert(node, &builder)
    } catch let error as ModelFormatError {
      throw error
    } catch GraphError.node(_, _, let reason) {
      throw node.failure(reason)
    } catch {
      throw node.failure("\(error)")
    }
  }

  private static func check(_ shape: Shape?, against value: TFLiteModel.Value) throws(ModelFormatError) {
    guard let shape, shape != value.shape else { return }
    throw .inputShape(name: value.name, reason: "\(shape) where the model has \(value.shape)")
  }

  /// Returns the 32-bit words in a part of a file.
  private static func words(of file: MappedFile, _ range: Range<Int>) -> [Int32] {
    let bytes = file.bytes(in: range.lowerBound..<range.lowerBound + min(range.count, 64))
    return stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map { start in
      (0..<4).reduce(0) { $0 | Int32(truncatingIfNeeded: bytes[start + $1]) << (8 * Int32($1)) }
    }
  }
}
