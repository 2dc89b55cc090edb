import GraphCompiler
import Graphs
import Tensors
import Testing

@Suite struct FusePaddingTests {
  private func graph(_ pad: Pad) throws -> Graph {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([1, 3, 5, 6]))
    let padded = try graph.add(pad, [x], name: "pad")[0]
    let w = graph.weights("w", [2, Pad.channels(pad), 3, 3])
    graph.outputs = try graph.add(
      Convolution(padding: Padding(top: 1)), [padded, w], name: "y")
    return graph
  }

  @Test func padsInTheConvolution() throws {
    let pad = Pad(before: [0, 0, 1, 2], after: [0, 0, 3, 0])
    var result = try #require(try rewritten(graph(pad), by: FusePadding()))
    result = try #require(try DeadCodeElimination().rewrite(result))
    #expect(result.operatorNames == ["Convolution"])
    let convolution = result.nodes[0].operation as? Convolution
    #expect(convolution?.padding == Padding(top: 2, left: 2, bottom: 3))
  }

  @Test(arguments: [
    Pad(mode: .constant(1), before: [0, 0, 1, 1], after: [0, 0, 1, 1]),
    Pad(mode: .edge, before: [0, 0, 1, 1], after: [0, 0, 1, 1]),
    Pad(before: [0, 0, -1, 1], after: [0, 0, 1, 1]),
    Pad(before: [0, 1, 1, 1], after: [0, 0, 1, 1]),
  ])
  func keepsOtherPadding(pad: Pad) throws { #expect(try FusePadding().rewrite(graph(pad)) == nil) }
}

extension Pad {
  /// The channels that an image of 3 has after padding.
  fileprivate static func channels(_ pad: Pad) -> Int { 3 + pad.before[1] + pad.after[1] }
}
