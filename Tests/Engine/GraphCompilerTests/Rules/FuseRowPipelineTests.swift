import GraphCompiler
import Graphs
import Tensors
import Testing

@Suite struct FuseRowPipelineTests {
  private func block(
    slope: Bool = false, residual: Bool = true, expandKernel: Int = 1, shared: Bool = false
  ) throws -> Graph {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([1, 3, 6, 5]))
    let w = graph.weights("w", [8, 3, expandKernel, expandKernel])
    let wide = try graph.add(
      Convolution(padding: Padding(all: expandKernel / 2), activation: .relu6),
      [x, w, graph.weights("b", [8], seed: 2)], name: "expand")[0]
    let filtered = try graph.add(
      Convolution(padding: Padding(all: 1), groups: 8),
      [wide, graph.weights("v", [8, 1, 3, 3]), nil, slope ? graph.weights("slope", [8]) : nil],
      name: "depthwise")[0]
    graph.outputs = try graph.add(
      Convolution(), [filtered, graph.weights("u", [3, 8, 1, 1]), nil, nil, residual ? x : nil],
      name: "project")
    if shared { graph.outputs.append(wide) }
    return graph
  }

  private let always = FuseRowPipeline { _ in true }

  @Test(arguments: [false, true]) func joinsThreeConvolutions(residual: Bool) throws {
    let graph = try block(residual: residual)
    let result = try #require(try rewritten(graph, by: always))
    #expect(result.operatorNames == ["RowPipeline"])
    #expect(result.cost.multiplyAdds == graph.cost.multiplyAdds)
    #expect(result.cost.bytes < graph.cost.bytes)
  }

  @Test func joinsResizings() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([1, 3, 6, 5]))
    let large = try graph.add(
      Resize(mode: .bilinear, coordinates: .halfPixel, height: 12, width: 10), [x], name: "large")[0]
    graph.outputs = try graph.add(Convolution(), [large, graph.weights("w", [2, 3, 1, 1])], name: "y")
    let result = try #require(try rewritten(graph, by: always))
    #expect(result.operatorNames == ["RowPipeline"])
  }

  @Test func breaksChainsWhereAnotherOperatorReads() throws {
    // The wide image is an output too: only what follows it is joined.
    let shared = try #require(try rewritten(block(shared: true), by: always))
    #expect(shared.operatorNames == ["Convolution", "RowPipeline"])
    // A dense kernel is no stage.
    let dense = try #require(try rewritten(block(expandKernel: 3), by: always))
    #expect(dense.operatorNames == ["Convolution", "RowPipeline"])
    #expect(try always.rewrite(block(slope: true)) == nil)
  }

  @Test func leavesSmallImagesAlone() throws { #expect(try FuseRowPipeline().rewrite(block()) == nil) }
}
