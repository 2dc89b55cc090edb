import Graphs
import Tensors
import Testing

@Suite struct ScatterNDTests {
  @Test func writesSlices() throws {
    try expectResults(
      ScatterND(), [floats([1, 2, 3, 4], [2, 2]), integers([1], [1, 1]), floats([8, 9], [1, 2])],
      [floats([1, 2, 8, 9], [2, 2])])
    try expectResults(
      ScatterND(reduction: .add),
      [floats([1, 2, 3, 4]), integers([1, 3, 1], [3, 1]), floats([9, 10, 1])],
      [floats([1, 12, 3, 14])])
  }

  @Test func refusesCoordinatesOutside() {
    #expect(throws: GraphError.self) {
      try ScatterND().evaluate([floats([1]), integers([1], [1, 1]), floats([9])])
    }
  }
}
