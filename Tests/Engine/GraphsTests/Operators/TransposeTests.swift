import Graphs
import Tensors
import Testing

@Suite struct TransposeTests {
  struct Attributes: Decodable, Sendable { var permutation: [Int] }

  @Test(arguments: try FixtureCase<Attributes>.load("Transpose"))
  func agreesWithNumpy(_ fixture: FixtureCase<Attributes>) throws {
    try fixture.check(Transpose(permutation: fixture.attributes.permutation), tolerance: 0)
  }

  @Test(arguments: [[0, 1, 2, 3], [0, 2, 3, 1], [3, 1, 0, 2], [1, 3, 2, 0]])
  func theInverseRestoresTheValue(permutation: [Int]) throws {
    let value = sample([2, 7, 3, 5])
    let inverse = permutation.indices.map { permutation.firstIndex(of: $0)! }
    let there = try Transpose(permutation: permutation).evaluate([value])
    let back = try Transpose(permutation: inverse).evaluate(there)[0]
    #expect(back.shape == value.shape)
    #expect(back.elements(as: Float.self) == value.elements())
  }

  @Test(arguments: [[0], [0, 0], [0, 2], [1, 0, 2], [-1, 0], []])
  func refusesWhatIsNoPermutation(permutation: [Int]) {
    expectRefused(
      Transpose(permutation: permutation), [[2, 3]],
      .attribute(
        operation: "Transpose", name: "permutation", value: "\(permutation)",
        expected: "each axis of 2x3 once"))
  }

  @Test func refusesToEvaluateAnEmptyValueOfHugeDimensions() {
    let error = GraphError.resultShape(
      operation: "Transpose", dimensions: [0, 1 << 20, 1 << 20], limit: 1 << 28)
    #expect(throws: error) {
      try Transpose(permutation: [1, 2, 0]).evaluate([Tensor([0, 1 << 20, 1 << 20])])
    }
  }
}
