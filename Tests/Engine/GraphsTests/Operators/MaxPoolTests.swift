import Graphs
import Tensors
import Testing

@Suite struct MaxPoolTests {
  struct Attributes: Decodable, Sendable {
    var kernel, strides, padding, dilations: [Int]
    var ceilMode: Bool
  }

  @Test(arguments: try FixtureCase<Attributes>.load("MaxPool"))
  func agreesWithONNXRuntime(_ fixture: FixtureCase<Attributes>) throws {
    let attributes = fixture.attributes
    try fixture.check(
      MaxPool(
        kernel: attributes.kernel, strides: attributes.strides, padding: Padding(attributes.padding),
        dilations: attributes.dilations, ceilMode: attributes.ceilMode),
      tolerance: 0)
  }

  @Test func paddingNeverWins() throws {
    let image = Tensor([1, 1, 2, 2], elements: [-1, -2, -3, -4] as [Float])
    let result = try MaxPool(kernel: [2, 2], padding: Padding(all: 1)).evaluate([image])[0]
    #expect(result.elements() == [-1, -1, -2, -1, -1, -2, -3, -3, -4] as [Float])
  }

  @Test func keepsNotANumber() throws {
    let image = Tensor([1, 1, 1, 3], elements: [1, .nan, 2] as [Float])
    #expect(try MaxPool(kernel: [1, 3]).evaluate([image])[0].elements(as: Float.self)[0].isNaN)
  }

  @Test func refusesWhatDoesNotFit() {
    expectRefused(
      MaxPool(kernel: [2, 2], dilations: [1, 0]), [[1, 1, 4, 4]],
      .attribute(
        operation: "MaxPool", name: "dilations", value: "[1, 0]",
        expected: "two numbers, for height and width, from 1 to 1048576"))
    expectRefused(
      MaxPool(kernel: [2, 2], padding: Padding(all: 1)), [[1, 1, 0, 4]],
      .shape(
        operation: "MaxPool", operand: "the image", found: [1, 1, 0, 4],
        expected: "at least the dilated kernel's 2x2 with padding"))
  }
}
