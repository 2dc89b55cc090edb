import GraphCompiler
import Graphs
import Tensors
import Testing

@Suite struct FoldBatchNormalizationTests {
  private static func normalize(_ value: ValueID, channels: Int, _ graph: inout Graph) throws -> [ValueID] {
    let operands = ["scale", "shift", "mean", "variance"].enumerated().map { index, name in
      graph.weights(name, [channels], seed: UInt64(index + 11), from: 0.2, to: 2)
    }
    return try graph.add(BatchNormalization(epsilon: 1e-3), [value] + operands, name: "normalized")
  }

  @Test(arguments: [1, 2], [false, true]) func entersConvolutions(groups: Int, hasBias: Bool) throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([2, 4, 5, 3]))
    let w = graph.weights("w", [6, 4 / groups, 3, 3])
    let bias = hasBias ? graph.weights("b", [6], seed: 3) : nil
    let y = try graph.add(Convolution(groups: groups), [x, w, bias], name: "convolution")[0]
    graph.outputs = try Self.normalize(y, channels: 6, &graph)
    let result = try #require(try rewritten(graph, by: FoldBatchNormalization()))
    #expect(result.operatorNames == ["Convolution"])
  }

  @Test(arguments: [1, 2]) func entersTransposedConvolutions(groups: Int) throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([1, 4, 3, 3]))
    let w = graph.weights("w", [4, 3, 2, 2])
    let y = try graph.add(
      ConvolutionTranspose(strides: [2, 2], groups: groups), [x, w], name: "convolution")[0]
    graph.outputs = try Self.normalize(y, channels: 3 * groups, &graph)
    let result = try #require(try rewritten(graph, by: FoldBatchNormalization()))
    #expect(result.operatorNames == ["ConvolutionTranspose"])
  }

  @Test func becomesArithmeticElsewhere() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([2, 4, 5]))
    graph.outputs = try Self.normalize(x, channels: 4, &graph)
    let result = try #require(try rewritten(graph, by: FoldBatchNormalization()))
    #expect(result.operatorNames == ["BinaryArithmetic", "BinaryArithmetic"])
  }

  @Test func leavesSharedConvolutionsAlone() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([1, 4, 5, 3]))
    let w = graph.weights("w", [4, 4, 1, 1])
    let y = try graph.add(Convolution(), [x, w], name: "convolution")[0]
    graph.outputs = try Self.normalize(y, channels: 4, &graph) + [y]
    let result = try #require(try rewritten(graph, by: FoldBatchNormalization()))
    #expect(result.operatorNames == ["Convolution", "BinaryArithmetic", "BinaryArithmetic"])
  }
}
