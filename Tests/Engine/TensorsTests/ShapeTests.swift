import Tensors
import Testing

@Suite struct ShapeTests {
  @Test(arguments: [
    ([], 1, [], "scalar"), ([7], 7, [1], "7"), ([2, 3, 5], 30, [15, 5, 1], "2x3x5"),
    ([4, 0, 3], 0, [0, 3, 1], "4x0x3"),
  ])
  func countsAndStrides(dimensions: [Int], count: Int, strides: [Int], text: String) throws {
    for shape in [Shape(dimensions), try Shape(validating: dimensions)] {
      #expect(shape.elementCount == count)
      #expect(shape.strides == strides)
      #expect(shape.rank == dimensions.count)
      #expect("\(shape)" == text)
    }
  }

  @Test func negativeAxesCountFromTheLast() {
    let shape: Shape = [2, 3, 5]
    #expect((shape[-1], shape[-3], shape[1]) == (5, 2, 3))
  }

  @Test func theLargestShapeIsValid() throws {
    #expect(try Shape(validating: [1 << 20, 1 << 20]).elementCount == 1 << 40)
  }

  @Test(arguments: [
    [-1], [2, -3], [-2, -2], [1 << 41], [1 << 20, 1 << 21], [.max, .max], [.min], [.max, 2, 0], [.min, .min],
  ])
  func refusesWhatCannotBeHeld(dimensions: [Int]) {
    #expect(throws: TensorError.invalidShape(dimensions)) { try Shape(validating: dimensions) }
  }
}
