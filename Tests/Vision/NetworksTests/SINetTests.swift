import Foundation
import Graphs
import InferenceEngine
import ModelFormats
import Networks
import Tensors
import Testing

@Suite struct SINetTests {
  @Test func hasThePapersSize() throws {
    let graph = try SINet(weights: RandomWeights()).graph
    let trained = graph.values.filter { $0.name.hasSuffix(".weight") || $0.name.hasSuffix(".bias") }
    #expect(trained.reduce(0) { $0 + ($1.constant?.shape.elementCount ?? 0) } == 86_910)
    // The authors count 0.064 G; convolutions and linear layers by shape are 63.87 M.
    let products = ClickNetworkTests.products(graph)
    #expect(abs(Double(products) / 63.87e6 - 1) < 0.001, "\(products)")
  }

  /// `Fixtures/make_sinet.py` holds the network in PyTorch.
  @Test(arguments: [true, false])
  func agreesWithPyTorch(_ usesSession: Bool) throws {
    let graph = try SINet(weights: RandomWeights(), height: 64, width: 96).graph
    let inputs = ["image": RandomWeights().weight(named: "image", shape: [1, 3, 64, 96])]
    let results =
      usesSession
      ? try Session(Model(graph: graph), threads: 1).run(inputs) : try graph.evaluateReference(inputs)
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/sinet-64x96.safetensors").path
    let expected = try Safetensors(path: path).float32Tensor(named: "logits")
    let found = try #require(results["logits"])
    #expect(found.shape == expected.shape)
    let difference = zip(found.elements(as: Float.self), expected.elements(as: Float.self))
      .reduce(0) { max($0, abs($1.0 - $1.1)) }
    #expect(difference < 1e-3, "\(difference)")
  }

  @Test func otherSizesAreRefused() {
    #expect(throws: NetworkError.self) { try SINet(weights: RandomWeights(), height: 225, width: 224) }
  }
}
