import Graphs
import Tensors
import Testing

@Suite struct SplitTests {
  struct Attributes: Decodable, Sendable {
    var axis: Int
    var sizes: [Int]
  }

  @Test(arguments: try FixtureCase<Attributes>.load("Split"))
  func agreesWithNumpy(_ fixture: FixtureCase<Attributes>) throws {
    try fixture.check(Split(axis: fixture.attributes.axis, sizes: fixture.attributes.sizes), tolerance: 0)
  }

  @Test(arguments: [0, 1, 2, -1])
  func concatenationJoinsTheParts(axis: Int) throws {
    let value = sample([3, 7, 5])
    let parts = try Split(axis: axis, sizes: [1, value.shape[axis] - 1]).evaluate([value])
    let whole = try Concatenation(axis: axis).evaluate(parts)[0]
    #expect(whole.elements(as: Float.self) == value.elements())
  }

  @Test(arguments: [[], [2], [3, 3], [-1, 6], [Int.max, Int.max, 7], [Int.min, 5]])
  func refusesSizesWithAnotherSum(sizes: [Int]) {
    expectRefused(
      Split(axis: 0, sizes: sizes), [[5, 2]],
      .attribute(operation: "Split", name: "sizes", value: "\(sizes)", expected: "a sum of 5"))
  }
}
