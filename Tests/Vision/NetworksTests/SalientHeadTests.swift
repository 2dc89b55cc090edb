import Graphs
import InferenceEngine
import Networks
import Tensors
import Testing

@Suite struct SalientHeadTests {
  @Test func isSmall() throws {
    let graph = try SalientHead(weights: RandomWeights()).graph
    try graph.validate()
    #expect(graph.parameterCount == 58_417)
    // Beside the encoder's 743 million.
    #expect(graph.cost.multiplyAdds == 31_809_600)
    #expect(graph.outputs.map { graph[$0].type.shape } == [[1, 1, 40, 40]])
  }

  @Test func otherSizesAreRefused() {
    #expect(throws: NetworkError.self) { try SalientHead(weights: RandomWeights(), height: 100, width: 320) }
  }

  @Test(arguments: [0, 1, 2])
  func agreesWithPyTorch(threads: Int) throws {
    let example = try Example("salient", height: 96, width: 160)
    let weights = try NetworkRegistry.weights(named: NetworkRegistry.salientHead)
    let graph = try SalientHead(weights: weights, height: 96, width: 160).graph
    let inputs = try Dictionary(
      uniqueKeysWithValues: SalientHead.pyramidNames.map { ($0, try example.input($0)) })
    // Without threads, the reference.
    let results =
      threads == 0
      ? try graph.evaluateReference(inputs) : try Session(Model(graph: graph), threads: threads).run(inputs)
    #expect(try example.largestDifference("logits", #require(results["logits"])) < 1e-3)
  }
}
