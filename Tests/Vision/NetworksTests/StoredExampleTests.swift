import Foundation
import Graphs
import InferenceEngine
import ModelFormats
import Networks
import Tensors
import Testing

/// The shipped weights do what PyTorch does with them: the exporters of `Training` stored an input and its results.
@Suite struct StoredExampleTests {
  /// A network at the size of its example.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var file: String
    var graph: @Sendable (any WeightSource) throws -> Graph

    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "portrait", file: "portrait-64x96") {
      try PortraitNetwork(weights: $0, height: 64, width: 96).graph
    },
    Case(name: "sinet", file: "sinet-shipped-64x96") {
      try SINet(weights: $0, height: 64, width: 96).graph
    },
    Case(name: "faces", file: "faces-64x96") {
      try FaceDetector(weights: $0, height: 64, width: 96).graph
    },
    Case(name: "parsing", file: "parsing-64x96") {
      try FaceParser(weights: $0, angles: 64, radii: 96).graph
    },
    Case(name: "landmarks", file: "landmarks-128x128") { try FaceLandmarks(weights: $0).graph },
  ]

  @Test(arguments: cases)
  func referenceAgreesWithPyTorch(_ example: Case) throws {
    try expectAgreement(example) { try $0.evaluateReference($1) }
  }

  @Test(arguments: cases)
  func sessionAgreesWithPyTorch(_ example: Case) throws {
    try expectAgreement(example) { try Session(Model(graph: $0), threads: 2).run($1) }
  }

  /// The largest difference is measured as a part of the largest stored value if that is above 1.
  private func expectAgreement(
    _ example: Case, _ run: (Graph, [String: Tensor]) throws -> [String: Tensor]
  ) throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/\(example.file).safetensors").path
    let file = try Safetensors(path: path)
    let graph = try example.graph(NetworkRegistry.weights(named: example.name))
    let input = graph[graph.inputs[0]].name
    let results = try run(graph, [input: file.float32Tensor(named: "image")])
    for name in file.names where name != "image" {
      let found = try #require(results[name])
      let expected = try file.float32Tensor(named: name)
      #expect(found.shape == expected.shape)
      let wanted = expected.elements(as: Float.self)
      let scale = max(wanted.reduce(0) { max($0, abs($1)) }, 1)
      let difference = zip(found.elements(as: Float.self), wanted).reduce(0) { max($0, abs($1.0 - $1.1)) }
      #expect(difference / scale < 1e-3, "\(name): \(difference) of \(scale)")
    }
  }
}
