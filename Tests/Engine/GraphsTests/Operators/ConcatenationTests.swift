import Graphs
import Tensors
import Testing

@Suite struct ConcatenationTests {
  struct Attributes: Decodable, Sendable { var axis: Int }

  @Test(arguments: try FixtureCase<Attributes>.load("Concatenation"))
  func agreesWithNumpy(_ fixture: FixtureCase<Attributes>) throws {
    try fixture.check(Concatenation(axis: fixture.attributes.axis), tolerance: 0)
  }

  @Test func joinsEveryElementType() throws {
    let ints = [[1, 2], [3]].map { Tensor([$0.count], elements: $0.map(Int64.init)) }
    #expect(try Concatenation(axis: 0).evaluate(ints)[0].elements() == [1, 2, 3] as [Int64])
    let booleans = [[true], [false]].map { Tensor([1], elements: $0) }
    #expect(try Concatenation(axis: 0).evaluate(booleans)[0].elements() == [true, false])
  }

  @Test func refusesWhatDoesNotFit() {
    let name = "Concatenation"
    expectRefused(
      Concatenation(axis: 1), [[1, 3, 4], [1, 2, 5]],
      .shape(operation: name, operand: "operand 2", found: [1, 2, 5], expected: "1x3x4 save along axis 1"))
    expectRefused(
      Concatenation(axis: 0), [[2, 3], [3]],
      .shape(operation: name, operand: "operand 2", found: [3], expected: "2x3 save along axis 0"))
    expectRefused(
      Concatenation(axis: -3), [[2, 3]],
      .attribute(operation: name, name: "axis", value: "-3", expected: "-2 to 1"))
    expectRefused(
      Concatenation(axis: 0), [[]],
      .attribute(operation: name, name: "axis", value: "0", expected: "an operand with dimensions"))
    expectRefused(Concatenation(axis: 0), [], .operandCount(operation: name, expected: "1 or more", found: 0))
  }
}
