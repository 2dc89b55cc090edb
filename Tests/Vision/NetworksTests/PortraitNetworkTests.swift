import Networks
import Tensors
import Testing

@Suite struct PortraitNetworkTests {
  @Test func keepsToItsBudget() throws {
    let graph = try PortraitNetwork(weights: RandomWeights()).graph
    #expect(graph.parameterCount <= 600_000)
    // As PyTorch's own shapes give it.
    #expect(ClickNetworkTests.products(graph) == 331_182_080)
  }

  @Test(arguments: [(256, 256), (64, 96)])
  func shapesFollowTheInput(height: Int, width: Int) throws {
    let graph = try PortraitNetwork(weights: RandomWeights(), height: height, width: width).graph
    try graph.validate()
    #expect(graph.outputs.map { graph[$0].type.shape } == [[1, 1, height, width]])
  }

  @Test func otherSizesAreRefused() {
    #expect(throws: NetworkError.self) {
      try PortraitNetwork(weights: RandomWeights(), height: 250, width: 256)
    }
  }
}
