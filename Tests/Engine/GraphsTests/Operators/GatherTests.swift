import Graphs
import Tensors
import Testing

@Suite struct GatherTests {
  @Test func takesSlicesAtIndices() throws {
    let data = integers([1, 2, 3, 4, 5, 6], [3, 2])
    try expectResults(Gather(axis: 0), [data, integers([2, -3])], [integers([5, 6, 1, 2], [2, 2])])
    try expectResults(Gather(axis: -1), [data, integers([1], [])], [integers([2, 4, 6])])
  }

  @Test(arguments: [2, -3, Int64.max, .min])
  func refusesIndicesOutside(index: Int64) {
    #expect(throws: GraphError.self) { try Gather().evaluate([floats([1, 2]), integers([index])]) }
  }
}
