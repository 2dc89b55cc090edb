import Graphs
import Tensors
import Testing

@Suite struct SelectTests {
  @Test func takesFromEitherSideAndRepeats() throws {
    try expectResults(
      Select(), [truths([true, false], [2, 1]), floats([1, 2]), floats([9], [])],
      [floats([1, 2, 9, 9], [2, 2])])
  }

  @Test func refusesAConditionOfNumbers() {
    #expect(throws: GraphError.self) {
      try Select().outputTypes(for: [ValueType([2]), ValueType([2]), ValueType([2])])
    }
  }
}
