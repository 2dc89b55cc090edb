import GraphCompiler
import Graphs
import Tensors
import Testing

@Suite struct CancelTransposesTests {
  @Test func joinsPermutations() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([2, 3, 4]))
    let first = try graph.add(Transpose(permutation: [1, 2, 0]), [x], name: "first")[0]
    graph.outputs = try graph.add(Transpose(permutation: [1, 0, 2]), [first], name: "y")
    let result = try #require(try rewritten(graph, by: CancelTransposes()))
    #expect(result.nodes[1].operation as? Transpose == Transpose(permutation: [2, 1, 0]))
  }

  @Test func vanishesWithItsInverse() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([1, 3, 2, 5]))
    let first = try graph.add(Transpose(permutation: [0, 2, 3, 1]), [x], name: "first")[0]
    let second = try graph.add(Transpose(permutation: [0, 3, 1, 2]), [first], name: "second")[0]
    graph.outputs = try graph.add(Activation(.relu), [second], name: "y")
    let result = try RulePipeline.optimize(graph)
    #expect(result.graph.operatorNames == ["Activation"])
    #expect(result.appliedRules.contains(CancelTransposes.name))
  }
}
