import GraphCompiler
import Graphs
import Tensors
import Testing

@Suite struct FuseParametricReluTests {
  @Test(arguments: [[3], [3, 1, 1], [1, 3, 1, 1], [1]]) func becomesTheSlope(shape: [Int]) throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([1, 2, 4, 3]))
    let w = graph.weights("w", [3, 2, 1, 1])
    let y = try graph.add(Convolution(), [x, w], name: "convolution")[0]
    let slope = graph.weights("slope", Shape(shape), seed: 4)
    graph.outputs = try graph.add(ParametricRelu(), [y, slope], name: "y")
    let result = try #require(try rewritten(graph, by: FuseParametricRelu()))
    #expect(result.operatorNames == ["Convolution"])
  }

  @Test func keepsSlopesThatDifferWithinAChannel() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([1, 2, 4, 3]))
    let w = graph.weights("w", [3, 2, 1, 1])
    let y = try graph.add(Convolution(), [x, w], name: "convolution")[0]
    let slope = graph.weights("slope", [1, 3], seed: 4)
    graph.outputs = try graph.add(ParametricRelu(), [y, slope], name: "y")
    #expect(try FuseParametricRelu().rewrite(graph) == nil)
  }
}
