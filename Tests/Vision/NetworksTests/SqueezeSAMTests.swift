import Foundation
import Graphs
import InferenceEngine
import ModelFormats
import Networks
import Tensors
import Testing

@Suite struct SqueezeSAMTests {
  @Test func hasTheReleasesSize() throws {
    let graph = try SqueezeSAM(weights: RandomWeights()).graph
    try graph.validate()
    let trained = graph.values.filter { $0.name.hasSuffix("weight") || $0.name.hasSuffix("bias") }
    #expect(trained.reduce(0) { $0 + ($1.constant?.shape.elementCount ?? 0) } == 10_159_260)
    // Convolutions, linear layers and matrix products at 512 x 512.
    let products = ClickNetworkTests.products(graph)
    #expect(abs(Double(products) / 26.26e9 - 1) < 0.001, "\(products)")
    #expect(graph.outputs.map { graph[$0].type.shape } == [[1, 3, 256, 256], [1, 3]])
  }

  /// `Fixtures/make_squeezesam.py` holds the network in PyTorch.
  @Test func agreesWithPyTorch() throws {
    let graph = try SqueezeSAM(weights: RandomWeights(), height: 256, width: 256).graph
    let results = try Session(Model(graph: graph), threads: 2)
      .run(["image": RandomWeights().weight(named: "image", shape: [1, 5, 256, 256])])
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/squeezesam-256x256.safetensors").path
    let file = try Safetensors(path: path)
    let quality = try #require(results["quality"]).elements(as: Float.self)
    for (found, wanted) in zip(quality, try file.float32Tensor(named: "quality").elements(as: Float.self)) {
      #expect(abs(found - wanted) < 1e-3)
    }
    let logits = try #require(results["logits"]).elements(as: Float.self)
    let wanted = try file.float32Tensor(named: "logits")
    #expect(wanted.shape == [1, 3, 32, 32])
    // The file has every fourth row and column.
    let side = 128
    for (index, value) in wanted.elements(as: Float.self).enumerated() {
      let (map, row, column) = (index / 1024, index / 32 % 32, index % 32)
      let found = logits[(map * side + 4 * row) * side + 4 * column]
      #expect(abs(found - value) < 1e-3, "map \(map), row \(row), column \(column)")
    }
  }

  @Test(arguments: [(500, 512), (512, 0)])
  func otherSizesAreRefused(height: Int, width: Int) {
    #expect(throws: NetworkError.self) {
      try SqueezeSAM(weights: RandomWeights(), height: height, width: width)
    }
  }
}
