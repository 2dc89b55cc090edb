import Graphs
import Tensors
import Testing

@Suite struct GatherNDTests {
  @Test func takesElementsAndSlices() throws {
    let data = integers([0, 1, 2, 3, 4, 5, 6, 7], [2, 2, 2])
    try expectResults(
      GatherND(), [data, integers([0, 1, 1, 0], [2, 2])], [integers([2, 3, 4, 5], [2, 2])])
    try expectResults(
      GatherND(batchAxes: 1), [data, integers([1, 0], [2, 1])], [integers([2, 3, 4, 5], [2, 2])])
    try expectResults(GatherND(), [data, integers([1, 1, -1], [1, 3])], [integers([7])])
  }

  @Test func refusesCoordinatesOutside() {
    #expect(throws: GraphError.self) { try GatherND().evaluate([floats([1, 2]), integers([2], [1, 1])]) }
    expectThrows([5])
    expectThrows([-1])
  }

  private func expectThrows(_ batchAxes: [Int]) {
    #expect(throws: GraphError.self) {
      try GatherND(batchAxes: batchAxes[0]).outputTypes(for: [
        ValueType([2]), ValueType([1, 1], elementType: .int64),
      ])
    }
  }
}
