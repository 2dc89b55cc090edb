import Graphs
import Tensors
import Testing

@Suite struct TopKTests {
  @Test func takesTheFirstOfEqualElements() throws {
    let value = floats([1, 4, 4, 2, 7, 0], [2, 3])
    try expectResults(
      TopK(count: 2), [value], [floats([4, 4, 7, 2], [2, 2]), integers([1, 2, 1, 0], [2, 2])])
    try expectResults(
      TopK(count: 1, axis: 0, takesLargest: false), [integers([3, 1, 2, 5], [2, 2])],
      [integers([2, 1], [1, 2]), integers([1, 0], [1, 2])])
    try expectResults(TopK(count: 0), [floats([1])], [floats([]), integers([])])
  }

  @Test(arguments: [4, -1, .max]) func refusesMoreThanThereAre(count: Int) {
    #expect(throws: GraphError.self) { try TopK(count: count).outputTypes(for: [ValueType([3])]) }
  }
}
