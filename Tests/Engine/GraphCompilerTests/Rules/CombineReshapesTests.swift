import GraphCompiler
import Graphs
import Tensors
import Testing

@Suite struct CombineReshapesTests {
  @Test func readsFromTheFirstOperand() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([2, 6]))
    let first = try graph.add(Reshape(shape: [3, 4]), [x], name: "first")[0]
    graph.outputs = try graph.add(Reshape(shape: [-1, 2]), [first], name: "y") + [first]
    let result = try #require(try rewritten(graph, by: CombineReshapes()))
    #expect(result.nodes[1].inputs == [x])
    #expect(try CombineReshapes().rewrite(result) == nil)
  }
}
