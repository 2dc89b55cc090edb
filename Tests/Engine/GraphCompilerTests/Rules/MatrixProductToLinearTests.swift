import GraphCompiler
import Graphs
import Tensors
import Testing

@Suite struct MatrixProductToLinearTests {
  @Test func takesProductAndBias() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([2, 5, 3]))
    let product = try graph.add(MatrixProduct(), [x, graph.weights("w", [3, 4])], name: "product")[0]
    graph.outputs = try graph.add(BinaryArithmetic(.add), [graph.weights("b", [4]), product], name: "y")
    let first = try #require(try rewritten(graph, by: MatrixProductToLinear()))
    let second = try #require(try rewritten(first, by: MatrixProductToLinear()))
    #expect(second.operatorNames == ["Linear"])
    #expect(second.nodes[0].inputs.count == 3)
  }

  @Test func leavesVariableAndBatchedMatricesAlone() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([2, 5, 3]))
    let y = graph.addInput("y", ValueType([3, 4]))
    graph.outputs =
      try graph.add(MatrixProduct(), [x, y], name: "variable")
      + graph.add(MatrixProduct(), [x, graph.weights("w", [2, 3, 4])], name: "batched")
    #expect(try MatrixProductToLinear().rewrite(graph) == nil)
  }
}
