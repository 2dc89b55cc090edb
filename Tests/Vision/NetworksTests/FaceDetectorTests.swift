import Networks
import Tensors
import Testing

@Suite struct FaceDetectorTests {
  @Test func keepsToItsBudget() throws {
    let graph = try FaceDetector(weights: RandomWeights()).graph
    #expect(graph.parameterCount <= 500_000)
    // As PyTorch's own shapes give it.
    #expect(ClickNetworkTests.products(graph) == 28_458_496)
  }

  @Test(arguments: [(256, 256), (64, 96)])
  func shapesFollowTheInput(height: Int, width: Int) throws {
    let graph = try FaceDetector(weights: RandomWeights(), height: height, width: width).graph
    try graph.validate()
    let channels = 5 + 2 * FaceDetector.pointNames.count
    #expect(
      graph.outputs.map { graph[$0].type.shape }
        == FaceDetector.strides.map { [1, channels, height / $0, width / $0] })
    #expect(graph.outputs.map { graph[$0].name } == ["stride8", "stride16", "stride32"])
  }

  @Test func otherSizesAreRefused() {
    #expect(throws: NetworkError.self) {
      try FaceDetector(weights: RandomWeights(), height: 250, width: 256)
    }
  }
}
