import Networks
import Tensors
import Testing

@Suite struct FaceLandmarksTests {
  @Test func hasTheSizeThatItsTrainingGivesIt() throws {
    let graph = try FaceLandmarks(weights: RandomWeights()).graph
    try graph.validate()
    // As PyTorch's own shapes give it.
    #expect(ClickNetworkTests.products(graph) == 59_249_664)
    #expect(graph.outputs.map { graph[$0].type.shape } == [[1, 2 * FaceLandmarks.pointCount]])
  }
}
