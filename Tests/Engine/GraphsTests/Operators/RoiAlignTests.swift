import Graphs
import Tensors
import Testing

@Suite struct RoiAlignTests {
  private let image = floats([0, 1, 2, 3, 4, 5, 6, 7, 8], [1, 1, 3, 3])

  @Test func averagesBilinearSamples() throws {
    // The whole image in one cell of one sample, at its centre.
    let operation = RoiAlign(samples: 1, isHalfPixel: true)
    try expectResults(
      operation, [image, floats([0, 0, 3, 3], [1, 4]), integers([0])], [floats([4], [1, 1, 1, 1])])
  }

  @Test func refusesImagesThatAreNotThere() {
    #expect(throws: GraphError.self) {
      try RoiAlign().evaluate([image, floats([0, 0, 3, 3], [1, 4]), integers([1])])
    }
    #expect(throws: GraphError.self) {
      try RoiAlign().evaluate([image, floats([0, 0, .infinity, 3], [1, 4]), integers([0])])
    }
  }
}
