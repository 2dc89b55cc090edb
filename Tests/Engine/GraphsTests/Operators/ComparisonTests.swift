import Graphs
import Tensors
import Testing

@Suite struct ComparisonTests {
  @Test(arguments: [
    (Comparison.Relation.equal, [false, true, false]), (.less, [true, false, false]),
    (.lessOrEqual, [true, true, false]), (.greater, [false, false, true]),
    (.greaterOrEqual, [false, true, true]),
  ])
  func comparesIntegersAndNumbers(relation: Comparison.Relation, expected: [Bool]) throws {
    try expectResults(Comparison(relation), [integers([1, 2, 3]), integers([2], [1])], [truths(expected)])
    try expectResults(Comparison(relation), [floats([1, 2, 3]), floats([2], [])], [truths(expected)])
  }

  @Test(arguments: Comparison.Relation.allCases)
  func notANumberIsNothing(relation: Comparison.Relation) throws {
    try expectResults(Comparison(relation), [floats([.nan]), floats([.nan])], [truths([false])])
  }

  @Test func refusesTwoTypes() {
    #expect(throws: GraphError.self) {
      try Comparison(.less).outputTypes(for: [ValueType([2]), ValueType([2], elementType: .int64)])
    }
  }
}
