import Foundation
import Graphs
import ModelFormats
import Tensors
import Testing

/// The models of `Fixtures/models` and what ONNX Runtime computes with them.
@Suite struct OnnxImporterTests {
  static let models = try! FileManager.default.contentsOfDirectory(atPath: fixture("models")).sorted()
    .map { String($0.dropLast(".onnx".count)) }

  @Test(arguments: models)
  func computesWhatONNXRuntimeComputes(_ model: String) throws {
    let expected = try Safetensors(path: fixture("expected.safetensors"))
    func tensors(_ kind: String) throws -> [String: Tensor] {
      let prefix = "\(model)/\(kind)/"
      let names = expected.names.filter { $0.hasPrefix(prefix) }
      return try Dictionary(
        uniqueKeysWithValues: names.map {
          (String($0.dropFirst(prefix.count)), try expected.tensor(named: $0))
        })
    }
    let inputs = try tensors("input")
    let graph = try OnnxImporter.graph(
      from: fixture("models/\(model).onnx"), shapes: inputs.mapValues(\.shape))
    let found = try graph.evaluateReference(inputs)
    let wanted = try tensors("output")
    #expect(!wanted.isEmpty && Set(found.keys) == Set(wanted.keys))
    for (name, tensor) in wanted {
      let result = try #require(found[name])
      #expect(result.shape == tensor.shape, "\(model): \(name)")
      try #require(result.shape == tensor.shape)
      let pairs = zip(result.elements(as: Float.self), tensor.elements(as: Float.self))
      let worst = pairs.map { abs($0 - $1) / max(1, abs($1)) }.max() ?? 0
      #expect(worst < 1e-4, "\(model): \(name) differs by \(worst)")
    }
  }

  @Test func readsExternalDataInsideTheFolder() throws {
    let expected = try Safetensors(path: fixture("expected.safetensors"))
    let graph = try OnnxImporter.graph(from: fixture("external/inside.onnx"))
    let found = try graph.evaluateReference(["x": expected.tensor(named: "external/input/x")])
    let wanted = try expected.tensor(named: "external/output/y").elements(as: Float.self)
    let values = try #require(found["y"]).elements(as: Float.self)
    #expect(values.count == wanted.count && zip(values, wanted).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test func bindsOpenDimensions() throws {
    let path = fixture("models/attention.onnx")
    expectOneLineError("no shape", containing: "--shape image=1x3xSIZExSIZE") {
      _ = try OnnxImporter.graph(from: path)
    }
    let graph = try OnnxImporter.graph(from: path, shapes: ["image": [2, 3, 8, 12]])
    #expect(graph[graph.inputs[0]].type.shape == [2, 3, 8, 12])
    #expect(graph[graph.outputs[0]].type.shape == [2, 8, 8, 12])
    expectOneLineError("wrong channels", containing: "4 where the model has 3") {
      _ = try OnnxImporter.graph(from: path, shapes: ["image": [1, 4, 8, 12]])
    }
    expectOneLineError("wrong rank", containing: "does not have 4 dimensions") {
      _ = try OnnxImporter.graph(from: path, shapes: ["image": [3, 8, 12]])
    }
    expectOneLineError("no such input", containing: "the inputs are image") {
      _ = try OnnxImporter.graph(from: path, shapes: ["picture": [1, 3, 8, 12]])
    }
  }

  @Test func takesABatchOfOneWhereTheFileLeavesItOpen() throws {
    let graph = try OnnxImporter.graph(from: fixture("models/mobilenet.onnx"))
    #expect(graph[graph.inputs[0]].type.shape == [1, 3, 33, 30])
  }

  /// Shape arithmetic must leave no trace: what remains are the operators that touch pixels.
  @Test func foldsShapeArithmetic() throws {
    let graph = try OnnxImporter.graph(
      from: fixture("models/attention.onnx"), shapes: ["image": [1, 3, 16, 24]])
    let integers = graph.values.filter { $0.type.elementType != .float32 }
    #expect(integers.isEmpty, "\(integers.map(\.name))")
    #expect(!graph.nodes.contains { $0.operation is Cast })
  }

  @Test(arguments: models)
  func namesAreUniqueAndGraphsAreValid(_ model: String) throws {
    let expected = try Safetensors(path: fixture("expected.safetensors"))
    let prefix = "\(model)/input/"
    let shapes = Dictionary(
      uniqueKeysWithValues: expected.names.filter { $0.hasPrefix(prefix) }.map {
        (String($0.dropFirst(prefix.count)), expected.shape(named: $0)!)
      })
    try OnnxImporter.graph(from: fixture("models/\(model).onnx"), shapes: shapes).validate()
  }
}
