import InferenceEngine
import Profiling
import Testing

@Suite struct LayerInspectionTests {
  /// Two convolutions whose results are added.
  private func model() throws -> Model {
    var graph = Graph(name: "branches")
    let image = graph.addInput("image", ValueType([1, 4, 9, 9]))
    let weights = (0..<4 * 4 * 9).map { Float($0 % 5) - 2 }
    let weight = graph.addConstant("weight", Tensor([4, 4, 3, 3], elements: weights))
    let first = try graph.add(
      Convolution(strides: [2, 1], padding: Padding(all: 1)), [image, weight, nil], name: "first")
    let second = try graph.add(UnaryFunction(.sine), first, name: "second")
    graph.outputs = try graph.add(BinaryArithmetic(.add), [first[0], second[0]], name: "sum")
    return try Model(graph: graph)
  }

  @Test func knowsAttributesNeighboursAndWeights() throws {
    let found = try #require(LayerInspection("first", in: [try model()]))
    #expect(found.inputs == ["image"] && found.outputs == ["second", "sum"])
    #expect(found.attributes.contains { $0.name == "strides" && $0.value == "[2, 1]" })
    let weights = try #require(found.weights)
    #expect((weights.count, weights.min, weights.max) == (144, -2, 2))
    #expect(weights.bins.reduce(0, +) == 144 && weights.zeros == 29)
    #expect(LayerInspection("none", in: [try model()]) == nil)
  }

  @Test func aFusedBlockIsShownPartByPartWithoutNamesOfTypes() throws {
    var graph = Graph(name: "inverted residual")
    var value = graph.addInput("image", ValueType([1, 16, 160, 160]))
    for (name, groups, output, input) in [
      ("expand", 1, 96, 16), ("depthwise", 96, 96, 1), ("project", 1, 24, 96),
    ] {
      let side = groups > 1 ? 3 : 1
      let shape = Shape([output, input, side, side])
      let weight = graph.addConstant(name + ".weight", Tensor(shape, repeating: Float(0.5)))
      value = try graph.add(
        Convolution(padding: Padding(all: side / 2), groups: groups), [value, weight, nil], name: name)[0]
    }
    graph.outputs = [value]
    let model = try Model(graph: graph)
    let node = try #require(model.optimizedGraph.nodes.last)
    try #require(node.operation.name == "RowPipeline")
    let found = try #require(LayerInspection(node.name, in: [model]))
    #expect(found.attributes.map(\.name) == ["stages 1", "stages 2", "stages 3"])
    #expect(found.attributes[1].value.contains("groups 96"))
    for attribute in found.attributes {
      #expect(!attribute.value.contains("Graphs.") && !attribute.value.contains("("), "\(attribute)")
    }
  }

  @Test func outputsAreNeighboursToo() throws {
    let found = try #require(LayerInspection("sum", in: [try model()]))
    #expect(found.inputs.sorted() == ["first", "second"] && found.outputs == ["sum"])
    #expect(found.weights == nil)
  }

  @Test func revealsTheResultOfALayer() throws {
    let model = try model()
    let part = ModelProfiler.Part(model, inputs: ["image": Tensor([1, 4, 9, 9], repeating: Float(0.25))])
    let first = try part.result(of: "first")
    let reference = try model.graph.nodes[0].operation.evaluate([
      Tensor([1, 4, 9, 9], repeating: Float(0.25)), model.graph[model.graph.nodes[0].inputs[1]!].constant,
      nil,
    ])[0]
    let (found, expected): ([Float], [Float]) = (first.elements(), reference.elements())
    #expect(first.shape == reference.shape)
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-4 })
    #expect(throws: InferenceError.self) { try part.result(of: "none") }
  }
}
