import Graphs
import Tensors
import Testing

@Suite struct UnpoolTests {
  @Test func putsValuesAtTheirPlaces() throws {
    try expectResults(
      Unpool(shape: [1, 1, 2, 3]), [floats([7, 8], [1, 1, 1, 2]), integers([5, 1], [1, 1, 1, 2])],
      [floats([0, 8, 0, 0, 0, 7], [1, 1, 2, 3])])
    try expectResults(
      Unpool(shape: [1, 1, 3], placeShape: [1, 1, 2]), [floats([7], [1, 1, 1]), integers([1], [1, 1, 1])],
      [floats([0, 7, 0], [1, 1, 3])])
  }

  @Test(arguments: [-1, 6, .max] as [Int64]) func refusesPlacesOutside(place: Int64) {
    #expect(throws: GraphError.self) {
      try Unpool(shape: [6]).evaluate([floats([1]), integers([place])])
    }
  }
}
