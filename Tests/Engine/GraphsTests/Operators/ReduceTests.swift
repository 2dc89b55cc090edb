import Graphs
import Tensors
import Testing

@Suite struct ReduceTests {
  struct Attributes: Decodable, Sendable {
    var kind: String
    var axes: [Int]
    var keepsDimensions: Bool
  }

  @Test(arguments: try FixtureCase<Attributes>.load("Reduce"))
  func agreesWithNumpy(_ fixture: FixtureCase<Attributes>) throws {
    let attributes = fixture.attributes
    let kind = try #require(Reduce.Kind(rawValue: attributes.kind))
    try fixture.check(Reduce(kind: kind, axes: attributes.axes, keepsDimensions: attributes.keepsDimensions))
  }

  @Test func aSumOverNothingIsZero() throws {
    let result = try Reduce(kind: .sum, axes: [1], keepsDimensions: false).evaluate([Tensor([2, 0])])[0]
    #expect(result.elements() == [0, 0] as [Float])
  }

  @Test(arguments: Reduce.Kind.allCases)
  func keepsNotANumber(_ kind: Reduce.Kind) throws {
    for values in [[.nan, 1], [1, .nan]] as [[Float]] {
      let result = try Reduce(kind: kind).evaluate([Tensor([2], elements: values)])[0]
      #expect(result.elements(as: Float.self)[0].isNaN)
    }
  }

  @Test func refusesWhatDoesNotFit() {
    for kind in [Reduce.Kind.mean, .maximum, .minimum] {
      expectRefused(
        Reduce(kind: kind, axes: [1]), [[2, 0]],
        .shape(
          operation: "Reduce", operand: "the value", found: [2, 0],
          expected: "at least one element along the reduced axes"))
    }
    expectRefused(
      Reduce(kind: .sum, axes: [1, -1]), [[2, 3]],
      .attribute(operation: "Reduce", name: "axes", value: "[1, -1]", expected: "each axis once"))
    expectRefused(
      Reduce(kind: .sum, axes: [.min]), [[2, 3]],
      .attribute(operation: "Reduce", name: "axes", value: "\(Int.min)", expected: "-2 to 1"))
  }
}
