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
}
