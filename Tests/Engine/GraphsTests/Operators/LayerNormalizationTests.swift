import Graphs
import Tensors
import Testing

@Suite struct LayerNormalizationTests {
  struct Attributes: Decodable, Sendable {
    var axis: Int
    var epsilon: Float
  }

  @Test(arguments: try FixtureCase<Attributes>.load("LayerNormalization"))
  func agreesWithPyTorch(_ fixture: FixtureCase<Attributes>) throws {
    try fixture.check(LayerNormalization(axis: fixture.attributes.axis, epsilon: fixture.attributes.epsilon))
  }

  @Test func repeatsAShortScale() throws {
    let value = sample([2, 3, 4])
    let scale = Tensor([1], elements: [2] as [Float])
    let long = Tensor([3, 4], repeating: 2 as Float)
    let results = try [scale, long].map { try LayerNormalization(axis: 1).evaluate([value, $0])[0] }
    #expect(results[0].elements(as: Float.self) == results[1].elements())
  }

  @Test func refusesWhatDoesNotFit() {
    let name = "LayerNormalization"
    expectRefused(
      LayerNormalization(), [[2, 5], [4]],
      .shape(operation: name, operand: "the scale", found: [4], expected: "a shape that repeats to 5"))
    expectRefused(
      LayerNormalization(), [[2, 5], [5], [2, 5]],
      .shape(operation: name, operand: "the bias", found: [2, 5], expected: "a shape that repeats to 5"))
    expectRefused(
      LayerNormalization(axis: 2), [[2, 5], [5]],
      .attribute(operation: name, name: "axis", value: "2", expected: "-2 to 1"))
  }
}
