import GraphCompiler
import Graphs
import Tensors
import Testing

@Suite struct DeadCodeEliminationTests {
  @Test func removesWhatNobodyReads() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([4]))
    _ = graph.addInput("unused", ValueType([1]))
    let w = graph.weights("w", [4])
    let dead = try graph.add(BinaryArithmetic(.add), [x, w], name: "dead")[0]
    _ = try graph.add(Activation(.exp), [dead], name: "deader")
    graph.outputs = try graph.add(Activation(.relu), [x], name: "y")
    let alive = try #require(try rewritten(graph, by: DeadCodeElimination()))
    #expect(alive.operatorNames == ["Activation"])
    #expect(alive.values.map(\.name) == ["x", "unused", "y"])
    #expect(try DeadCodeElimination().rewrite(alive) == nil)
  }

  @Test func keepsSplitsOfWhichOnePartIsRead() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([4]))
    let parts = try graph.add(Split(axis: 0, sizes: [1, 3]), [x], name: "split")
    graph.outputs = [parts[1]]
    #expect(try DeadCodeElimination().rewrite(graph) == nil)
  }
}
