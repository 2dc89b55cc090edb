import Graphs
import Tensors
import Testing

@Suite struct GraphValidationTests {
  /// x -> first -> second, with a weight.
  private func network() throws -> Graph {
    var graph = Graph(name: "network")
    let input = graph.addInput("x", ValueType([1, 2, 3, 3]))
    let weight = graph.addConstant("weight", sample([2, 2, 1, 1]))
    let first = try graph.add(Convolution(), [input, weight], name: "first")
    graph.outputs = try graph.add(Activation(.relu), first, name: "second")
    return graph
  }

  @Test func acceptsWhatBuildingMakes() throws { try network().validate() }

  @Test func acceptsValuesThatNothingUses() throws {
    var graph = try network()
    graph.nodes[1].inputs = [graph.inputs[0]]
    graph.nodes.remove(at: 0)
    try graph.validate()
  }

  private static let breakages: [(reason: String, breaking: @Sendable (inout Graph) -> Void)] = [
    (
      "node second reads first before anything writes it",
      { $0.nodes.swapAt(0, 1) }
    ),
    ("first is written a second time, by node second", { $0.nodes[1].outputs = $0.nodes[0].outputs }),
    ("weight is written a second time, by node second", { $0.nodes[1].outputs = [ValueID(1)] }),
    ("output second is never written", { $0.nodes.removeLast() }),
    ("two values are named x", { $0.values[3].name = "x" }),
    ("value 9 is named, but there are only 4", { $0.outputs.append(ValueID(9)) }),
    ("value -1 is named, but there are only 4", { $0.nodes[0].inputs[1] = ValueID(-1) }),
    ("input x is also a constant or declared twice", { $0.inputs.append(ValueID(0)) }),
    (
      "constant weight is float32[2x2x1x1], declared as float32[1]", { $0.values[1].type = ValueType([1]) }
    ),
    (
      "node second gives [float32[1x2x3x3]], its outputs are declared as [float32[7]]",
      { $0.values[3].type = ValueType([7]) }
    ),
    (
      "node first does not fit its operands: Convolution takes 2 to 5 operands, 1 were given",
      { $0.nodes[0].inputs.removeLast() }
    ),
  ]

  @Test(arguments: breakages)
  func namesTheBrokenInvariant(reason: String, breaking: @Sendable (inout Graph) -> Void) throws {
    var graph = try network()
    breaking(&graph)
    #expect(throws: GraphError.invariant(graph: "network", reason: reason)) { try graph.validate() }
  }
}
