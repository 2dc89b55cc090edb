import Graphs
import Tensors
import Testing

@Suite struct ActivationTests {
  struct Attributes: Decodable, Sendable { var function: String }

  @Test(arguments: try FixtureCase<Attributes>.load("Activation"))
  func agreesWithPyTorch(_ fixture: FixtureCase<Attributes>) throws {
    try fixture.check(Activation(ActivationFunction(fixtureName: fixture.attributes.function)))
  }

  @Test(arguments: [
    (ActivationFunction.relu, -Float.infinity, Float(0)), (.relu6, .infinity, 6), (.sigmoid, -200, 0),
    (.sigmoid, 200, 1), (.silu, -200, 0), (.silu, 200, 200), (.gelu, -50, 0), (.gelu, 50, 50),
    (.geluTanh, -50, 0), (.geluTanh, 50, 50), (.hardSwish, -3, 0), (.hardSwish, 3, 3),
    (.tanh, 100, 1), (.exp, -200, 0), (.clip(2, 1), 0, 1), (.leakyRelu(0.5), -4, -2),
  ])
  func holdsAtTheEnds(function: ActivationFunction, at x: Float, gives expected: Float) {
    expectClose([function(x)], [expected], tolerance: 1e-30)
  }

  @Test(arguments: [
    ActivationFunction.relu, .relu6, .sigmoid, .hardSigmoid, .hardSwish, .silu, .gelu, .geluTanh, .tanh,
    .clip(-1, 1), .leakyRelu(0.5),
  ])
  func keepsNotANumber(_ function: ActivationFunction) { #expect(function(.nan).isNaN) }

  @Test func refusesWhatDoesNotFit() {
    #expect(
      throws: GraphError.elementType(
        operation: "Activation", operand: "the value", found: .int32, expected: "float32")
    ) { try Activation(.relu).outputTypes(for: [ValueType([2], elementType: .int32)]) }
    expectRefused(
      Activation(.relu), [], .operandCount(operation: "Activation", expected: "1", found: 0))
  }
}
