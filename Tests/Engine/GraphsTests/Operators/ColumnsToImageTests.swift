import Graphs
import Tensors
import Testing

@Suite struct ColumnsToImageTests {
  @Test func addsOverlappingBlocksUp() throws {
    let window = SpatialWindow(
      kernel: [1, 2], strides: [1, 1], dilations: [1, 1], before: [0, 0], after: [0, 0])
    try expectResults(
      ColumnsToImage(size: [1, 3], window: window), [floats([1, 2, 10, 20], [1, 2, 2])],
      [floats([1, 12, 20], [1, 1, 1, 3])])
  }

  @Test func refusesOtherCounts() {
    let window = SpatialWindow(
      kernel: [1, 2], strides: [1, 1], dilations: [1, 1], before: [0, 0], after: [0, 0])
    for shape in [[1, 3, 2], [1, 2, 3]] as [Shape] {
      #expect(throws: GraphError.self) {
        try ColumnsToImage(size: [1, 3], window: window).outputTypes(for: [ValueType(shape)])
      }
    }
  }
}
