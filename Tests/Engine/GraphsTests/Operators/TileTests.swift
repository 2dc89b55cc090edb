import Graphs
import Tensors
import Testing

@Suite struct TileTests {
  @Test func standsSideBySide() throws {
    try expectResults(
      Tile(repeats: [2, 2]), [integers([1, 2, 3, 4], [2, 2])],
      [integers([1, 2, 1, 2, 3, 4, 3, 4, 1, 2, 1, 2, 3, 4, 3, 4], [4, 4])])
    try expectResults(Tile(repeats: [0]), [floats([1, 2])], [floats([])])
  }

  @Test(arguments: [[1], [1, -1], [1 << 40, 1]])
  func refusesOtherRepeats(repeats: [Int]) {
    #expect(throws: GraphError.self) { try Tile(repeats: repeats).outputTypes(for: [ValueType([2, 2])]) }
  }
}
