import Graphs
import Tensors
import Testing

@Suite struct LinearTests {
  struct Attributes: Decodable, Sendable {
    var transposesLeft, transposesRight: Bool
    var alpha, beta: Float
    var activation: String
  }

  @Test(arguments: try FixtureCase<Attributes>.load("Linear"))
  func agreesWithPyTorch(_ fixture: FixtureCase<Attributes>) throws {
    let attributes = fixture.attributes
    try fixture.check(
      Linear(
        transposesLeft: attributes.transposesLeft, transposesRight: attributes.transposesRight,
        alpha: attributes.alpha, beta: attributes.beta,
        activation: ActivationFunction(fixtureName: attributes.activation)))
  }

  @Test func refusesWhatDoesNotFit() {
    let name = "Linear"
    expectRefused(
      Linear(transposesLeft: true), [[2, 3, 4], [3, 4]],
      .shape(operation: name, operand: "the left operand", found: [2, 3, 4], expected: "2 dimensions"))
    expectRefused(
      Linear(transposesRight: true), [[2, 3], [3, 4]],
      .shape(operation: name, operand: "the right operand", found: [3, 4], expected: "(columns)x3"))
    expectRefused(
      Linear(), [[2, 3], [3, 4], [2]],
      .shape(operation: name, operand: "the bias", found: [2], expected: "a shape that repeats to 2x4"))
    expectRefused(
      Linear(), [[3], [3, 4]],
      .shape(operation: name, operand: "the left operand", found: [3], expected: "2 dimensions or more"))
  }
}
