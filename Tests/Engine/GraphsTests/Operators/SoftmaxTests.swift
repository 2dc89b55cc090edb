import Graphs
import Tensors
import Testing

@Suite struct SoftmaxTests {
  struct Attributes: Decodable, Sendable { var axis: Int }

  @Test(arguments: try FixtureCase<Attributes>.load("Softmax"))
  func agreesWithPyTorch(_ fixture: FixtureCase<Attributes>) throws {
    try fixture.check(Softmax(axis: fixture.attributes.axis))
  }

  @Test(arguments: [0, 1, 2, -1])
  func sumsToOne(axis: Int) throws {
    let result = try Softmax(axis: axis).evaluate([sample([3, 7, 5])])
    let sums = try Reduce(kind: .sum, axes: [axis]).evaluate(result)[0]
    expectClose(sums.elements(), [Float](repeating: 1, count: sums.shape.elementCount))
  }

  @Test func doesNotOverflow() throws {
    let value = Tensor([3], elements: [1e30, 1e30, -1e30] as [Float])
    #expect(try Softmax().evaluate([value])[0].elements() == [0.5, 0.5, 0] as [Float])
  }

  @Test func refusesAnAxisOutOfRange() {
    expectRefused(
      Softmax(axis: 1), [[4]], .attribute(operation: "Softmax", name: "axis", value: "1", expected: "-1 to 0")
    )
    expectRefused(
      Softmax(), [[]],
      .attribute(operation: "Softmax", name: "axis", value: "-1", expected: "an operand with dimensions"))
  }
}
