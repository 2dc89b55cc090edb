import Graphs
import Tensors
import Testing

@Suite struct BatchNormalizationTests {
  struct Attributes: Decodable, Sendable { var epsilon: Float }

  @Test(arguments: try FixtureCase<Attributes>.load("BatchNormalization"))
  func agreesWithPyTorch(_ fixture: FixtureCase<Attributes>) throws {
    try fixture.check(BatchNormalization(epsilon: fixture.attributes.epsilon))
  }

  @Test func refusesWhatDoesNotFit() {
    let name = "BatchNormalization"
    expectRefused(
      BatchNormalization(), [[1, 3, 2, 2], [3], [3], [3], [2]],
      .shape(operation: name, operand: "the variance", found: [2], expected: "3"))
    expectRefused(
      BatchNormalization(), [[3], [3], [3], [3], [3]],
      .shape(operation: name, operand: "the value", found: [3], expected: "batch x channels, and more"))
    expectRefused(
      BatchNormalization(), [[1, 3], [3], [3]], .operandCount(operation: name, expected: "5", found: 3))
  }
}
