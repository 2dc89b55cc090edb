import GraphCompiler
import Graphs
import Tensors
import Testing

@Suite struct FoldChannelArithmeticTests {
  struct Case: Sendable {
    var operation: BinaryArithmetic.Operation
    var isSwapped: Bool
    var shape: Shape
    var folds: Bool
  }

  static let cases = [
    Case(operation: .multiply, isSwapped: false, shape: [1, 3, 1, 1], folds: true),
    Case(operation: .multiply, isSwapped: true, shape: [3, 1, 1], folds: true),
    Case(operation: .divide, isSwapped: false, shape: [1], folds: true),
    Case(operation: .divide, isSwapped: true, shape: [1], folds: false),
    Case(operation: .add, isSwapped: true, shape: [1, 1], folds: true),
    Case(operation: .subtract, isSwapped: false, shape: [3, 1, 1], folds: true),
    Case(operation: .subtract, isSwapped: true, shape: [3, 1, 1], folds: true),
    Case(operation: .add, isSwapped: false, shape: [3], folds: false),
    Case(operation: .add, isSwapped: false, shape: [1, 1, 1, 3], folds: false),
    Case(operation: .maximum, isSwapped: false, shape: [1], folds: false),
  ]

  @Test(arguments: cases) func foldsOneNumberPerChannel(example: Case) throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([1, 2, 3, 3]))
    let w = graph.weights("w", [3, 2, 1, 1])
    let y = try graph.add(Convolution(), [x, w], name: "convolution")[0]
    let c = graph.weights("c", example.shape, seed: 5, from: 0.5, to: 2)
    graph.outputs = try graph.add(
      BinaryArithmetic(example.operation), example.isSwapped ? [c, y] : [y, c], name: "y")
    let result = try rewritten(graph, by: FoldChannelArithmetic())
    #expect((result?.nodes.count == 1) == example.folds, "\(example)")
  }
}
