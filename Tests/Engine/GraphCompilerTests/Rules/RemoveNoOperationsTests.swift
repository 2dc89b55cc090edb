import GraphCompiler
import Graphs
import Tensors
import Testing

@Suite struct RemoveNoOperationsTests {
  static let idle: [any Operator] = [
    Reshape(shape: [1, 2, 3, 4]), Activation(.identity), Transpose(permutation: [0, 1, 2, 3]),
    Pad(before: [0, 0, 0, 0], after: [0, 0, 0, 0]), Cast(to: .float32), Concatenation(axis: 1),
    Slice(starts: [0], ends: [9], axes: [2]), Split(axis: 1, sizes: [2]),
    Resize(mode: .bilinear, coordinates: .alignCorners, height: 3, width: 4),
  ]

  @Test(arguments: idle.indices) func removesIdleOperators(index: Int) throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([1, 2, 3, 4]))
    let idle = try graph.add(Self.idle[index], [x], name: "idle")[0]
    graph.outputs = try graph.add(Activation(.relu), [idle], name: "y")
    let result = try #require(try rewritten(graph, by: RemoveNoOperations()), "\(Self.idle[index])")
    #expect(result.operatorNames == ["Activation"], "\(Self.idle[index])")
  }

  @Test func givesAnOutputsNameToItsOperand() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([2]))
    let hidden = try graph.add(Activation(.relu), [x], name: "hidden")[0]
    graph.outputs = try graph.add(Activation(.identity), [hidden], name: "y")
    let result = try #require(try rewritten(graph, by: RemoveNoOperations()))
    #expect(result.nodes.count == 1)
  }

  @Test func keepsWhatMakesAnOutputOfAnInput() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([2]))
    graph.outputs = try graph.add(Activation(.identity), [x], name: "y")
    #expect(try RemoveNoOperations().rewrite(graph) == nil)
  }

  @Test func keepsOneOfTwoOutputsOfOneValue() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([2]))
    let hidden = try graph.add(Activation(.relu), [x], name: "hidden")[0]
    let first = try graph.add(Activation(.identity), [hidden], name: "first")[0]
    let second = try graph.add(Activation(.identity), [hidden], name: "second")[0]
    graph.outputs = [first, second]
    let result = try #require(try rewritten(graph, by: RemoveNoOperations()))
    #expect(result.nodes.count == 2)
  }

  @Test func keepsReversingSlices() throws {
    var graph = Graph(name: "test")
    let x = graph.addInput("x", ValueType([3]))
    graph.outputs = try graph.add(
      Slice(starts: [2], ends: [.min], axes: [0], steps: [-1]), [x], name: "y")
    #expect(try RemoveNoOperations().rewrite(graph) == nil)
  }
}
