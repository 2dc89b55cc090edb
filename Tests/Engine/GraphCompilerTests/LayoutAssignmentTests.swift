import GraphCompiler
import Graphs
import Tensors
import Testing

@Suite struct LayoutAssignmentTests {
  @Test func keepsImagesChannelsLastThroughElementwiseOperators() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([1, 4, 6, 5]))
    let w = graph.weights("w", [4, 4, 1, 1])
    let y = try graph.add(Convolution(), [x, w], name: "y")[0]
    let sum = try graph.add(BinaryArithmetic(.add), [x, y], name: "sum")[0]
    let joined = try graph.add(Concatenation(axis: 1), [sum, y], name: "joined")[0]
    let layout = LayoutAssignment(graph)
    #expect(layout[x] == .rowMajor(rank: 4))
    #expect([y, sum, joined].map { layout[$0] } == [.channelsLast, .channelsLast, .channelsLast])
  }

  @Test func seesMapsAsRowsOfChannelsAndBack() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([1, 4, 6, 5]))
    let pooled = try graph.add(MaxPool(kernel: [1, 1]), [x], name: "pooled")[0]
    let flat = try graph.add(Reshape(shape: [1, 4, 30]), [pooled], name: "flat")[0]
    let rows = try graph.add(Transpose(permutation: [0, 2, 1]), [flat], name: "rows")[0]
    let normalized = try graph.add(
      LayerNormalization(), [rows, graph.weights("scale", [4])], name: "normalized")[0]
    let columns = try graph.add(Transpose(permutation: [0, 2, 1]), [normalized], name: "columns")[0]
    let map = try graph.add(Reshape(shape: [1, 4, 6, 5]), [columns], name: "map")[0]
    let layout = LayoutAssignment(graph)
    #expect(layout[rows] == .rowMajor(rank: 3))
    #expect(layout[columns] == AxisOrder([0, 2, 1]))
    #expect(layout[map].isEquivalent(to: .channelsLast, for: [1, 4, 6, 5]))
    // The plan: to channels last, pool, normalise; all else is seen, and the last change is the row-major output's.
    graph.outputs = [map]
    let plan = try Plan(graph)
    #expect(plan.steps.map(\.operation) == ["Conversion", "MaxPool", "LayerNormalization", "Conversion"])
  }

  @Test func writesHeadsSideBySide() throws {
    var graph = Graph(name: "test")
    let q = graph.addInput("q", ValueType([1, 2, 7, 5]))
    let k = graph.addInput("k", ValueType([1, 2, 5, 3]))
    let product = try graph.add(MatrixProduct(), [q, k], name: "product")[0]
    let heads = try graph.add(Transpose(permutation: [0, 2, 1, 3]), [product], name: "heads")[0]
    graph.outputs = try graph.add(Reshape(shape: [1, 7, 6]), [heads], name: "joined")
    #expect(LayoutAssignment(graph)[heads] == .rowMajor(rank: 4))
  }
}
