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

  @Test func extremesOfNothingAreInfinite() throws {
    try expectResults(Reduce(kind: .maximum), [floats([])], [floats([-.infinity], [1])])
    try expectResults(Reduce(kind: .minimum), [floats([])], [floats([.infinity], [1])])
    try expectResults(Reduce(kind: .logSumExp), [floats([])], [floats([-.infinity], [1])])
  }

  @Test(arguments: [
    (Reduce.Kind.product, -6 as Float), (.absoluteSum, 6), (.squareSum, 14), (.norm, 3.7416575),
    (.logSum, 0.6931472), (.logSumExp, 3.0433080),
  ])
  func reducesNumbers(kind: Reduce.Kind, expected: Float) throws {
    let values: [Float] = kind == .logSumExp ? [1, -2.5, 2.9] : [1, -2, 3]
    try expectResults(Reduce(kind: kind), [floats(values)], [floats([expected], [1])])
  }

  @Test(arguments: [
    (Reduce.Kind.mean, 0 as Int64), (.sum, 2), (.maximum, 3), (.minimum, -2), (.product, -6),
    (.absoluteSum, 6), (.squareSum, 14),
  ])
  func reducesIntegers(kind: Reduce.Kind, expected: Int64) throws {
    try expectResults(Reduce(kind: kind), [integers([1, -2, 3])], [integers([expected], [1])])
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
    expectRefused(
      Reduce(kind: .mean, axes: [1]), [[2, 0]],
      .shape(
        operation: "Reduce", operand: "the value", found: [2, 0],
        expected: "at least one element along the reduced axes"))
    expectRefused(
      Reduce(kind: .sum, axes: [1, -1]), [[2, 3]],
      .attribute(operation: "Reduce", name: "axes", value: "[1, -1]", expected: "each axis once"))
    expectRefused(
      Reduce(kind: .sum, axes: [.min]), [[2, 3]],
      .attribute(operation: "Reduce", name: "axes", value: "\(Int.min)", expected: "-2 to 1"))
  }
}
