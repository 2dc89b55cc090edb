import Graphs
import Tensors
import Testing

@Suite struct GraphBuildingTests {
  @Test func infersShapesAndNamesOutputsAfterTheNode() throws {
    var graph = Graph(name: "network")
    let image = graph.addInput("image", ValueType([1, 4, 6, 6]))
    let weight = graph.addConstant("weight", sample([5, 4, 3, 3]))
    let features = try graph.add(Convolution(strides: [2, 2]), [image, weight], name: "features")
    let parts = try graph.add(Split(axis: 1, sizes: [2, 3]), features, name: "parts")
    graph.outputs = parts
    #expect(graph[features[0]].type == ValueType([1, 5, 2, 2]))
    #expect(parts.map { graph[$0].name } == ["parts:0", "parts:1"])
    #expect(parts.map { graph[$0].type.shape } == [[1, 2, 2, 2], [1, 3, 2, 2]])
    #expect(graph.parameterCount == 180)
    let traffic = 4 * (144 + 180 + 20) + 4 * (20 + 8 + 12)
    #expect(graph.cost == Cost(multiplyAdds: 20 * 36, bytes: traffic))
    try graph.validate()
  }

  @Test func theNodeIsNamedWhenItCannotBeAdded() throws {
    var graph = Graph(name: "network")
    let image = graph.addInput("image", ValueType([1, 4, 6, 6]))
    let error = #expect(throws: GraphError.self) { try graph.add(Softmax(axis: 4), [image], name: "classes") }
    #expect("\(try #require(error))" == "node classes (Softmax): Softmax: axis is 4, expected -4 to 3")
    #expect(graph.nodes.isEmpty)
  }
}
