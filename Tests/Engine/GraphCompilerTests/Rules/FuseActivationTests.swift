import GraphCompiler
import Graphs
import Tensors
import Testing

@Suite struct FuseActivationTests {
  @Test func endsConvolutions() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([1, 2, 3, 3]))
    let w = graph.weights("w", [3, 2, 1, 1])
    let y = try graph.add(Convolution(), [x, w], name: "convolution")[0]
    graph.outputs = try graph.add(Activation(.hardSwish), [y], name: "y")
    let result = try #require(try rewritten(graph, by: FuseActivation()))
    #expect(result.nodes.map(\.name) == ["convolution"])
    #expect((result.nodes[0].operation as? Convolution)?.activation == .hardSwish)
  }

  @Test func endsTransposedConvolutionsAndLinearLayers() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([1, 2, 3, 3]))
    let w = graph.weights("w", [2, 3, 2, 2])
    let y = try graph.add(ConvolutionTranspose(), [x, w], name: "convolution")[0]
    let first = try graph.add(Activation(.relu), [y], name: "first")[0]
    let matrix = graph.weights("matrix", [4, 5])
    let product = try graph.add(Linear(), [first, matrix], name: "linear")[0]
    graph.outputs = try graph.add(Activation(.gelu), [product], name: "second")
    let result = try #require(try rewritten(graph, by: FuseActivation()))
    #expect(result.operatorNames == ["ConvolutionTranspose", "Linear"])
  }

  @Test func leavesResultsWithOtherReadersAlone() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([1, 2, 3, 3]))
    let w = graph.weights("w", [3, 2, 1, 1])
    let y = try graph.add(Convolution(), [x, w], name: "convolution")[0]
    graph.outputs = [y] + (try graph.add(Activation(.relu), [y], name: "y"))
    #expect(try FuseActivation().rewrite(graph) == nil)
  }

  @Test func addsNoSecondActivation() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([1, 2, 3, 3]))
    let w = graph.weights("w", [3, 2, 1, 1])
    let slope = graph.weights("slope", [3])
    let first = try graph.add(Convolution(activation: .relu), [x, w], name: "first")[0]
    let v = graph.weights("v", [3, 3, 1, 1])
    let second = try graph.add(Convolution(), [first, v, nil, slope], name: "second")[0]
    graph.outputs = try [first, second].flatMap {
      try graph.add(Activation(.tanh), [$0], name: "tanh of \($0.index)")
    }
    #expect(try FuseActivation().rewrite(graph) == nil)
  }
}
