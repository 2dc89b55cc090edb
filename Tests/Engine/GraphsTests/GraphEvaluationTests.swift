import Graphs
import Tensors
import Testing

@Suite struct GraphEvaluationTests {
  /// y = relu(a - b) and z = y + a constant.
  private func network() throws -> Graph {
    var graph = Graph(name: "network")
    let left = graph.addInput("a", ValueType([2]))
    let right = graph.addInput("b", ValueType([2]))
    let one = graph.addConstant("one", Tensor([], elements: [1] as [Float]))
    let difference = try graph.add(BinaryArithmetic(.subtract), [left, right], name: "difference")
    let positive = try graph.add(Activation(.relu), difference, name: "y")
    graph.outputs = positive + (try graph.add(BinaryArithmetic(.add), [positive[0], one], name: "z"))
    return graph
  }

  private let a = Tensor([2], elements: [5, 1] as [Float])
  private let b = Tensor([2], elements: [2, 3] as [Float])

  @Test func runsTheNodesInOrder() throws {
    let results = try network().evaluateReference(["a": a, "b": b])
    #expect(results.keys.sorted() == ["y", "z"])
    #expect(results["y"]?.elements() == [3, 0] as [Float])
    #expect(results["z"]?.elements() == [4, 1] as [Float])
  }

  @Test func inputsAndConstantsCanBeOutputs() throws {
    var graph = Graph(name: "network")
    let input = graph.addInput("a", ValueType([2]))
    graph.outputs = [input, graph.addConstant("one", Tensor([1], elements: [1] as [Float]))]
    let results = try graph.evaluateReference(["a": a])
    #expect(results["a"]?.elements() == [5, 1] as [Float])
    #expect(results["one"]?.elements() == [1] as [Float])
  }

  @Test func refusesTensorsThatTheInputsDoNotTake() throws {
    let graph = try network()
    func refused(_ tensors: [String: Tensor], _ error: GraphError) {
      #expect(throws: error) { try graph.evaluateReference(tensors) }
    }
    refused(["a": a], .input(name: "b", reason: "is missing, it takes float32[2]"))
    refused(
      ["a": a, "b": sample([3])], .input(name: "b", reason: "takes float32[2], was given float32[3]"))
    refused(
      ["a": a, "b": Tensor([2], elementType: .int64)],
      .input(name: "b", reason: "takes float32[2], was given int64[2]"))
    refused(["a": a, "b": b, "c": b], .input(name: "c", reason: "is not one of a, b"))
  }

  @Test func namesTheNodeThatFails() throws {
    var graph = Graph(name: "network")
    let value = graph.addInput("a", ValueType([1], elementType: .int64))
    graph.outputs = try graph.add(BinaryArithmetic(.divide), [value, value], name: "ratio")
    let error = GraphError.node(
      name: "ratio", operation: "BinaryArithmetic",
      reason: "BinaryArithmetic: the right operand divides by zero")
    #expect(throws: error) { try graph.evaluateReference(["a": Tensor([1], elementType: .int64)]) }
  }
}
