import Graphs
import Tensors
import Testing

@Suite struct MatrixProductTests {
  struct Attributes: Decodable, Sendable {}

  @Test(arguments: try FixtureCase<Attributes>.load("MatrixProduct"))
  func agreesWithNumpy(_ fixture: FixtureCase<Attributes>) throws { try fixture.check(MatrixProduct()) }

  @Test func theIdentityChangesNothing() throws {
    let value = sample([2, 3, 3])
    let identity = Tensor([3, 3], elements: [1, 0, 0, 0, 1, 0, 0, 0, 1] as [Float])
    #expect(try MatrixProduct().evaluate([value, identity])[0].elements(as: Float.self) == value.elements())
  }

  @Test func refusesWhatDoesNotFit() {
    let name = "MatrixProduct"
    expectRefused(
      MatrixProduct(), [[2, 3], [4, 5]],
      .shape(operation: name, operand: "the right operand", found: [4, 5], expected: "(3 rows)x(columns)"))
    expectRefused(
      MatrixProduct(), [[2, 3], []],
      .shape(operation: name, operand: "the right operand", found: [], expected: "(3 rows)x(columns)"))
    expectRefused(
      MatrixProduct(), [[], [2]],
      .shape(operation: name, operand: "the left operand", found: [], expected: "a vector or matrix"))
    expectRefused(
      MatrixProduct(), [[2, 2, 3], [3, 3, 1]],
      .shape(
        operation: name, operand: "the right operand", found: [3, 3, 1],
        expected: "axes before the last two that broadcast with 2x2x3"))
  }
}
