import Graphs
import Tensors
import Testing

@Suite struct OneHotTests {
  @Test func marksIndices() throws {
    try expectResults(
      OneHot(depth: 3), [integers([1, -1]), floats([0, 5])], [floats([0, 5, 0, 0, 0, 5], [2, 3])])
    try expectResults(
      OneHot(axis: 0, depth: 2), [integers([1, 7]), integers([0, 1])], [integers([0, 0, 1, 0], [2, 2])])
  }

  @Test(arguments: [-1, .max]) func refusesImpossibleDepths(depth: Int) {
    #expect(throws: GraphError.self) {
      try OneHot(depth: depth).outputTypes(for: [ValueType([2]), ValueType([2])])
    }
  }
}
