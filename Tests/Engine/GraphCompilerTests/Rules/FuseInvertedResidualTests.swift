import GraphCompiler
import Graphs
import Tensors
import Testing

@Suite struct FuseInvertedResidualTests {
  private func block(
    slope: Bool = false, residual: Bool = true, expandKernel: Int = 1, dilation: Int = 1, shared: Bool = false
  ) throws -> Graph {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([1, 3, 6, 5]))
    let w = graph.weights("w", [8, 3, expandKernel, expandKernel])
    let wide = try graph.add(
      Convolution(padding: Padding(all: expandKernel / 2), activation: .relu6),
      [x, w, graph.weights("b", [8], seed: 2)], name: "expand")[0]
    let filtered = try graph.add(
      Convolution(
        dilations: [dilation, 1], padding: Padding(top: dilation, left: 1, bottom: dilation, right: 1),
        groups: 8),
      [wide, graph.weights("v", [8, 1, 3, 3]), nil, slope ? graph.weights("slope", [8]) : nil],
      name: "depthwise")[0]
    graph.outputs = try graph.add(
      Convolution(), [filtered, graph.weights("u", [3, 8, 1, 1]), nil, nil, residual ? x : nil],
      name: "project")
    if shared { graph.outputs.append(wide) }
    return graph
  }

  private let always = FuseInvertedResidual { _ in true }

  @Test(arguments: [false, true]) func joinsThreeConvolutions(residual: Bool) throws {
    let graph = try block(residual: residual)
    let result = try #require(try rewritten(graph, by: always))
    #expect(result.operatorNames == ["InvertedResidual"])
    #expect(result.cost.multiplyAdds == graph.cost.multiplyAdds)
    #expect(result.cost.bytes < graph.cost.bytes)
  }

  @Test func leavesOtherBlocksAlone() throws {
    for graph in try [block(slope: true), block(expandKernel: 3), block(dilation: 2), block(shared: true)] {
      #expect(try always.rewrite(graph) == nil)
    }
  }

  @Test func leavesSmallImagesAlone() throws { #expect(try FuseInvertedResidual().rewrite(block()) == nil) }
}
