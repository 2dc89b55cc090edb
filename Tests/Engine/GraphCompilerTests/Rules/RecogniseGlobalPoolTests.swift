import GraphCompiler
import Graphs
import Tensors
import Testing

@Suite struct RecogniseGlobalPoolTests {
  @Test(arguments: [Reduce.Kind.mean, .maximum], [false, true])
  func poolsWholeImages(kind: Reduce.Kind, keepsDimensions: Bool) throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([2, 3, 4, 5]))
    let reduce = Reduce(kind: kind, axes: [-1, 2], keepsDimensions: keepsDimensions)
    graph.outputs = try graph.add(reduce, [x], name: "y")
    let result = try #require(try rewritten(graph, by: RecogniseGlobalPool()))
    #expect(result.operatorNames == (keepsDimensions ? ["GlobalPool"] : ["GlobalPool", "Reshape"]))
  }

  @Test func leavesOtherReductionsAlone() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([2, 3, 4, 5]))
    graph.outputs = try [
      Reduce(kind: .sum, axes: [2, 3]), Reduce(kind: .mean, axes: [1]), Reduce(kind: .mean),
    ].enumerated().flatMap { try graph.add($0.element, [x], name: "\($0.offset)") }
    #expect(try RecogniseGlobalPool().rewrite(graph) == nil)
  }
}
