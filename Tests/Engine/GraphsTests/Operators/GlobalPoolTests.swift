import Graphs
import Tensors
import Testing

@Suite struct GlobalPoolTests {
  struct Attributes: Decodable, Sendable { var kind: String }

  @Test(arguments: try FixtureCase<Attributes>.load("GlobalPool"))
  func agreesWithPyTorch(_ fixture: FixtureCase<Attributes>) throws {
    try fixture.check(GlobalPool(kind: try #require(GlobalPool.Kind(rawValue: fixture.attributes.kind))))
  }

  @Test func refusesWhatDoesNotFit() {
    expectRefused(
      GlobalPool(kind: .average), [[1, 3, 0, 2]],
      .shape(
        operation: "GlobalPool", operand: "the image", found: [1, 3, 0, 2], expected: "at least one pixel"))
  }
}
