import Graphs
import Tensors
import Testing

@Suite struct SliceTests {
  struct Attributes: Decodable, Sendable { var starts, ends, axes, steps: [Int] }

  @Test(arguments: try FixtureCase<Attributes>.load("Slice"))
  func agreesWithONNXRuntime(_ fixture: FixtureCase<Attributes>) throws {
    let attributes = fixture.attributes
    try fixture.check(
      Slice(
        starts: attributes.starts, ends: attributes.ends, axes: attributes.axes, steps: attributes.steps),
      tolerance: 0)
  }

  @Test(arguments: [
    (Int.min, Int.max, 1, [0, 1, 2, 3, 4]), (Int.max, Int.min, -1, [4, 3, 2, 1, 0]),
    (0, Int.max, Int.max, [0]),
    (Int.max, Int.min, Int.min, [4]), (1, -1, 2, [1, 3]), (-1, -4, -1, [4, 3, 2]), (3, 3, 1, []),
  ])
  func clampsExtremes(start: Int, end: Int, step: Int, expected: [Int]) throws {
    let value = Tensor([5], elements: [0, 1, 2, 3, 4] as [Int64])
    let slice = Slice(starts: [start], ends: [end], axes: [0], steps: [step])
    #expect(try slice.evaluate([value])[0].elements() == expected.map(Int64.init))
  }

  @Test func refusesWhatDoesNotFit() {
    func attribute(_ name: String, _ value: String, _ expected: String) -> GraphError {
      .attribute(operation: "Slice", name: name, value: value, expected: expected)
    }
    expectRefused(
      Slice(starts: [0], ends: [1], steps: [0]), [[3]], attribute("steps", "[0]", "none of zero"))
    expectRefused(
      Slice(starts: [0, 0], ends: [1]), [[3, 3]], attribute("ends", "[1]", "2 numbers, as many as starts"))
    expectRefused(
      Slice(starts: [0, 0], ends: [1, 1], axes: [0, -2]), [[3, 3]],
      attribute("axes", "[0, -2]", "each axis once"))
    expectRefused(
      Slice(starts: [0], ends: [1], axes: [2]), [[3, 3]], attribute("axes", "2", "-2 to 1"))
  }
}
