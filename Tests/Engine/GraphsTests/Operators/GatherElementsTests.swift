import Graphs
import Tensors
import Testing

@Suite struct GatherElementsTests {
  @Test func agreesWithPyTorch() throws {
    try expectResults(
      GatherElements(axis: 1), [integers([1, 2, 3, 4], [2, 2]), integers([0, 0, 1, -2], [2, 2])],
      [integers([1, 1, 4, 3], [2, 2])])
    try expectResults(
      GatherElements(axis: 0), [integers([1, 2, 3, 4], [2, 2]), integers([1], [1, 1])],
      [integers([3], [1, 1])])
  }

  @Test func refusesIndicesOutside() {
    #expect(throws: GraphError.self) { try GatherElements().evaluate([floats([1, 2]), integers([2])]) }
  }
}
