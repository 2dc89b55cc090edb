import Graphs
import Tensors
import Testing

@Suite struct ReshapeTests {
  @Test(arguments: [
    ([2, 3, 4], [24], [24]), ([2, 3, 4], [4, -1], [4, 6]), ([1], [], []), ([], [-1], [1]),
    ([2, 0, 3], [0, 7], [0, 7]), ([6], [-1, 1, 6], [1, 1, 6]), ([0, 2], [-1, 2], [0, 2]),
  ])
  func keepsTheElements(from: [Int], to: [Int], expected: [Int]) throws {
    let value = sample(Shape(from))
    let result = try Reshape(shape: to).evaluate([value])[0]
    #expect(result.shape == Shape(expected))
    #expect(result.elements(as: Float.self) == value.elements())
  }

  @Test func refusesAnotherElementCount() {
    func refused(_ shape: [Int], _ expected: String) {
      expectRefused(
        Reshape(shape: shape), [[2, 6]],
        .attribute(operation: "Reshape", name: "shape", value: "\(shape)", expected: expected))
    }
    refused([5, 2], "12 elements as the operand's 2x6")
    for shape in [[5, -1], [-1, -1], [-1, 0], [-1, .max, .max], [-1, -2]] {
      refused(shape, "dimensions that divide the operand's 2x6")
    }
    expectRefused(
      Reshape(shape: [-2, -6]), [[2, 6]],
      .resultShape(operation: "Reshape", dimensions: [-2, -6], limit: 1 << 40))
  }
}
