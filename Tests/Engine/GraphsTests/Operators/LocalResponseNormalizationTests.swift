import Graphs
import Tensors
import Testing

@Suite struct LocalResponseNormalizationTests {
  @Test func dividesByNeighbouringChannels() throws {
    // Squares of the channel and of the next one: size 2 has none before.
    let operation = LocalResponseNormalization(size: 2, alpha: 2, beta: 1, bias: 1)
    try expectResults(
      operation, [floats([1, 2, 3], [1, 3, 1])], [floats([1.0 / 6, 2.0 / 14, 0.3], [1, 3, 1])])
  }

  @Test(arguments: [0, -1, .max]) func refusesImpossibleSizes(size: Int) {
    #expect(throws: GraphError.self) {
      try LocalResponseNormalization(size: size).outputTypes(for: [ValueType([1, 2])])
    }
  }
}
