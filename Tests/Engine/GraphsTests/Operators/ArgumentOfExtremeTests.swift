import Graphs
import Tensors
import Testing

@Suite struct ArgumentOfExtremeTests {
  @Test func findsFirstOrLast() throws {
    let value = floats([1, 3, 3, 2, 0, 0], [2, 3])
    try expectResults(ArgumentOfExtreme(.maximum, axis: 1), [value], [integers([1, 0], [2, 1])])
    try expectResults(
      ArgumentOfExtreme(.maximum, axis: -1, keepsDimensions: false, selectsLast: true), [value],
      [integers([2, 0])])
    try expectResults(
      ArgumentOfExtreme(.minimum, axis: 0, keepsDimensions: false), [integers([2, 5, 1, 9], [2, 2])],
      [integers([1, 0])])
  }

  @Test func refusesAnAxisWithoutElements() {
    #expect(throws: GraphError.self) {
      try ArgumentOfExtreme(.maximum, axis: 0).outputTypes(for: [ValueType([0, 2])])
    }
  }
}
