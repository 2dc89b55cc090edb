import Networks
import Testing

@Suite struct NetworkRegistryTests {
  @Test func untrainedNetworksCanBeBuilt() throws {
    for name in NetworkRegistry.untrained.keys {
      let graphs = try NetworkRegistry.graphs(named: name)
      #expect(!graphs.isEmpty)
      for graph in graphs { try graph.validate() }
    }
  }

  @Test func trainedNetworksCanBeBuilt() throws {
    let graphs = try NetworkRegistry.graphs(named: NetworkRegistry.defaultClickNetwork)
    #expect(graphs.map(\.name) == ["click encoder", "click trunk"])
  }

  @Test func unknownNetworksAreNamed() {
    #expect(throws: NetworkError.self) { try NetworkRegistry.graphs(named: "none") }
  }

  @Test func standInsKeepTheirScale() {
    let weights = UntrainedWeights().weight(named: "a.weight", shape: [8, 6, 3, 3]).elements(as: Float.self)
    let meanSquare = weights.reduce(0) { $0 + $1 * $1 } / Float(weights.count)
    // Two over the number of inputs keeps a rectified layer's variance (He et al., 2015).
    #expect(abs(meanSquare * 54 / 2 - 1) < 0.3)
    #expect(
      UntrainedWeights().weight(named: "a.running_var", shape: [4]).elements(as: Float.self) == [1, 1, 1, 1])
  }
}
