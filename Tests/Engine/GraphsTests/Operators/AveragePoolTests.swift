import Graphs
import Tensors
import Testing

@Suite struct AveragePoolTests {
  struct Attributes: Decodable, Sendable {
    var kernel, strides, padding: [Int]
    var ceilMode, countIncludesPadding: Bool
  }

  @Test(arguments: try FixtureCase<Attributes>.load("AveragePool"))
  func agreesWithPyTorch(_ fixture: FixtureCase<Attributes>) throws {
    let attributes = fixture.attributes
    try fixture.check(
      AveragePool(
        kernel: attributes.kernel, strides: attributes.strides, padding: Padding(attributes.padding),
        ceilMode: attributes.ceilMode, countIncludesPadding: attributes.countIncludesPadding))
  }

  @Test(arguments: [true, false])
  func aConstantStaysSoWherePaddingDoesNotCount(ceilMode: Bool) throws {
    let pool = AveragePool(
      kernel: [3, 2], strides: [2, 2], padding: Padding(top: 1, right: 1), dilations: [2, 1],
      ceilMode: ceilMode)
    let result = try pool.evaluate([Tensor([1, 3, 8, 7], repeating: 2.5 as Float)])[0]
    #expect(result.elements(as: Float.self).allSatisfy { $0 == 2.5 })
  }

  @Test func refusesWhatDoesNotFit() {
    let name = "AveragePool"
    expectRefused(
      AveragePool(kernel: [2, 2], padding: Padding(top: 2)), [[1, 1, 4, 4]],
      .attribute(
        operation: name, name: "padding", value: "top 2, left 0, bottom 0, right 0",
        expected: "less than the dilated kernel's 2x2"))
    expectRefused(
      AveragePool(kernel: [5, 5]), [[1, 1, 4, 6]],
      .shape(
        operation: name, operand: "the image", found: [1, 1, 4, 6],
        expected: "at least the dilated kernel's 5x5 with padding"))
    expectRefused(
      AveragePool(kernel: [0, 2]), [[1, 1, 4, 4]],
      .attribute(
        operation: name, name: "kernel", value: "[0, 2]",
        expected: "two numbers, for height and width, from 1 to 1048576"))
  }
}
