import Graphs
import Tensors
import Testing

@Suite struct DeterminantTests {
  @Test func agreesWithHandComputation() throws {
    try expectResults(
      Determinant(), [floats([0, 1, 1, 2, 1, 2, 2, 4], [2, 2, 2])], [floats([-1, 0])])
    try expectResults(Determinant(), [floats([2, 0, 0, 0, 3, 0, 0, 0, 4], [3, 3])], [floats([24], [])])
    try expectResults(Determinant(), [floats([], [0, 0])], [floats([1], [])])
  }

  @Test func refusesWhatIsNotSquare() {
    #expect(throws: GraphError.self) { try Determinant().outputTypes(for: [ValueType([2, 3])]) }
  }
}
