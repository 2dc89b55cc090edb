import Graphs
import Tensors
import Testing

@Suite struct ExpandTests {
  @Test func repeatsAlongAxesOfOne() throws {
    try expectResults(
      Expand(shape: [2, 1, 2]), [integers([1, 2, 3], [3, 1])],
      [integers([1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3], [2, 3, 2])])
  }

  @Test(arguments: [[2], [-1, 3], [1 << 40, 1 << 40, 3]])
  func refusesShapesThatDoNotBroadcast(shape: [Int]) {
    #expect(throws: GraphError.self) { try Expand(shape: shape).outputTypes(for: [ValueType([3])]) }
  }
}
