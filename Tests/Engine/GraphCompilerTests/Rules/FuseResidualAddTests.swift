import GraphCompiler
import Graphs
import Tensors
import Testing

@Suite struct FuseResidualAddTests {
  @Test(arguments: [false, true]) func addsInTheLaterConvolution(isSwapped: Bool) throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([1, 4, 3, 3]))
    let w = graph.weights("w", [4, 4, 1, 1])
    let early = try graph.add(Convolution(), [x, w], name: "early")[0]
    let late = try graph.add(Convolution(), [early, w], name: "late")[0]
    let shortcut = try graph.add(Convolution(), [x, w], name: "shortcut")[0]
    graph.outputs = try graph.add(
      BinaryArithmetic(.add), isSwapped ? [shortcut, late] : [late, shortcut], name: "y")
    let result = try #require(try rewritten(graph, by: FuseResidualAdd()))
    #expect(result.nodes.map(\.name) == ["early", "late", "shortcut"])
    #expect(result.nodes[2].inputs.count == 5)
  }

  @Test func waitsForAValueComputedLater() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([1, 4, 3, 3]))
    let w = graph.weights("w", [4, 4, 1, 1])
    let y = try graph.add(Convolution(), [x, w], name: "convolution")[0]
    let other = try graph.add(Activation(.relu), [x], name: "other")[0]
    graph.outputs = try graph.add(BinaryArithmetic(.add), [y, other], name: "y")
    let result = try #require(try rewritten(graph, by: FuseResidualAdd()))
    #expect(result.nodes.map(\.name) == ["other", "convolution"])
  }

  @Test func keepsBroadcastsActivationsAndDoubling() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([1, 4, 3, 3]))
    let pixel = graph.addInput("pixel", ValueType([1, 4, 1, 1]))
    let w = graph.weights("w", [4, 4, 1, 1])
    let plain = try graph.add(Convolution(), [x, w], name: "plain")[0]
    let active = try graph.add(Convolution(activation: .relu), [x, w], name: "active")[0]
    let doubled = try graph.add(Convolution(), [x, w], name: "single")[0]
    graph.outputs = try [[plain, pixel], [active, x], [doubled, doubled]].enumerated().flatMap {
      try graph.add(BinaryArithmetic(.add), $0.element, name: "sum \($0.offset)")
    }
    #expect(try FuseResidualAdd().rewrite(graph) == nil)
  }
}
