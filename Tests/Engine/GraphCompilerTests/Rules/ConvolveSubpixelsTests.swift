import GraphCompiler
import Graphs
import Tensors
import Testing

@Suite struct ConvolveSubpixelsTests {
  struct Case: Sendable {
    var size: [Int]
    var kernel: [Int]
    var strides: [Int]
    var padding = Padding()
    var outputPadding = [0, 0]
  }

  static let cases = [
    Case(size: [3, 4], kernel: [2, 2], strides: [2, 2]),
    Case(size: [4, 3], kernel: [4, 4], strides: [2, 2], padding: Padding(all: 1)),
    Case(size: [5, 1], kernel: [3, 3], strides: [2, 2], padding: Padding(all: 1), outputPadding: [1, 1]),
    Case(
      size: [3, 3], kernel: [3, 5], strides: [1, 3], padding: Padding(top: 0, left: 2, bottom: 1, right: 0)),
    Case(size: [2, 5], kernel: [1, 2], strides: [3, 2], outputPadding: [2, 0]),
    Case(size: [6, 6], kernel: [3, 3], strides: [1, 1], padding: Padding(all: 2)),
  ]

  @Test(arguments: cases, [false, true]) func computesTheSame(example: Case, hasBias: Bool) throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([2, 3, example.size[0], example.size[1]]))
    let w = graph.weights("w", [3, 4, example.kernel[0], example.kernel[1]])
    let bias = hasBias ? graph.weights("bias", [4], seed: 3) : nil
    let operation = ConvolutionTranspose(
      strides: example.strides, padding: example.padding, outputPadding: example.outputPadding,
      activation: .relu6)
    graph.outputs = try graph.add(operation, [x, w, bias], name: "y")
    let result = try #require(try rewritten(graph, by: ConvolveSubpixels()), "\(example)")
    #expect(result.operatorNames.first == "Convolution")
  }
}
