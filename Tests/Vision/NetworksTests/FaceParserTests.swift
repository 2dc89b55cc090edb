import Networks
import Tensors
import Testing

@Suite struct FaceParserTests {
  @Test func keepsToItsBudget() throws {
    let graph = try FaceParser(weights: RandomWeights()).graph
    #expect(graph.parameterCount <= 3_000_000)
    // As PyTorch's own shapes give it.
    #expect(ClickNetworkTests.products(graph) == 203_977_920)
  }

  @Test(arguments: [(160, 160), (64, 96)])
  func shapesFollowTheInput(height: Int, width: Int) throws {
    let graph = try FaceParser(weights: RandomWeights(), angles: height, radii: width).graph
    try graph.validate()
    #expect(graph.outputs.map { graph[$0].type.shape } == [[1, FaceParser.classNames.count, height, width]])
  }

  @Test func otherSizesAreRefused() {
    #expect(throws: NetworkError.self) {
      try FaceParser(weights: RandomWeights(), angles: 150, radii: 160)
    }
  }
}
