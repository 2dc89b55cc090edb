import GraphCompiler
import Graphs
import Tensors
import Testing

@Suite struct ConstantFoldingTests {
  @Test func computesWhatIsKnown() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([2, 3]))
    let a = graph.weights("a", [2, 3], seed: 1)
    let b = graph.weights("b", [3], seed: 2)
    let sum = try graph.add(BinaryArithmetic(.add), [a, b], name: "sum")[0]
    let root = try graph.add(Activation(.tanh), [sum], name: "root")[0]
    graph.outputs = try graph.add(BinaryArithmetic(.multiply), [x, root], name: "y")
    let folded = try #require(try rewritten(graph, by: ConstantFolding()))
    #expect(folded.operatorNames == ["BinaryArithmetic"])
  }

  @Test func leavesVariablesAndOutputsAlone() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([3]))
    let a = graph.weights("a", [3])
    let constant = try graph.add(Activation(.relu), [a], name: "constant")[0]
    graph.outputs = [constant, try graph.add(Activation(.relu), [x], name: "variable")[0]]
    #expect(try ConstantFolding().rewrite(graph) == nil)
  }
}
