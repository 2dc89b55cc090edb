import Graphs
import Tensors
import Testing

@Suite struct PadTests {
  struct Attributes: Decodable, Sendable {
    var mode: String
    var constant: Float
    var before, after: [Int]
  }

  @Test(arguments: try FixtureCase<Attributes>.load("Pad"))
  func agreesWithONNXRuntime(_ fixture: FixtureCase<Attributes>) throws {
    let attributes = fixture.attributes
    let modes: [String: Pad.Mode] = [
      "constant": .constant(attributes.constant), "reflect": .reflect, "edge": .edge,
    ]
    let mode = try #require(modes[attributes.mode])
    try fixture.check(Pad(mode: mode, before: attributes.before, after: attributes.after), tolerance: 0)
  }

  @Test func mirrorsAndRepeats() throws {
    let value = Tensor([4], elements: [1, 2, 3, 4] as [Int32])
    func padded(_ mode: Pad.Mode) throws -> [Int32] {
      try Pad(mode: mode, before: [2], after: [3]).evaluate([value])[0].elements()
    }
    #expect(try padded(.reflect) == [3, 2, 1, 2, 3, 4, 3, 2, 1])
    #expect(try padded(.edge) == [1, 1, 1, 2, 3, 4, 4, 4, 4])
    #expect(try padded(.constant(-7)) == [-7, -7, 1, 2, 3, 4, -7, -7, -7])
  }

  @Test func refusesWhatDoesNotFit() {
    let name = "Pad"
    expectRefused(
      Pad(mode: .reflect, before: [3], after: [0]), [[3]],
      .attribute(
        operation: name, name: "before", value: "[3]", expected: "less than the reflected dimension 3"))
    expectRefused(
      Pad(mode: .edge, before: [0], after: [1]), [[0]],
      .shape(operation: name, operand: "the value", found: [0], expected: "at least one element to repeat"))
    expectRefused(
      Pad(before: [0], after: [1, 1]), [[3, 3]],
      .attribute(operation: name, name: "before", value: "[0]", expected: "2 numbers, one for each axis"))
    expectRefused(
      Pad(before: [-2], after: [-2]), [[3]],
      .resultShape(operation: name, dimensions: [-1], limit: 1 << 40))
    expectRefused(
      Pad(before: [.max], after: [.max]), [[3]],
      .attribute(
        operation: name, name: "before", value: "[\(Int.max)]", expected: "1 numbers, one for each axis"))
    let error = GraphError.attribute(
      operation: name, name: "the constant", value: "300.0", expected: "a value of uint8")
    #expect(throws: error) {
      try Pad(mode: .constant(300), before: [1], after: [1]).outputTypes(
        for: [ValueType([3], elementType: .uint8)])
    }
  }

  @Test func refusesToEvaluateMoreThanMemoryHolds() {
    let error = GraphError.resultShape(operation: "Pad", dimensions: [1 << 39], limit: 1 << 28)
    #expect(throws: error) { try Pad(before: [0], after: [1 << 39 - 1]).evaluate([sample([1])]) }
  }
}
