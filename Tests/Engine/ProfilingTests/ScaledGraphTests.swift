import InferenceEngine
import Profiling
import Testing

@Suite struct ScaledGraphTests {
  /// A small MobileNet: stem, depthwise, pointwise, normalisation, pooling, classifier.
  private func graph() throws -> Graph {
    var graph = Graph(name: "small")
    let image = graph.addInput("image", ValueType([1, 3, 64, 64]))
    func constant(_ name: String, _ shape: Shape) -> ValueID {
      graph.addConstant(name, Tensor(shape, repeating: Float(0.1)))
    }
    let stem = try graph.add(
      Convolution(strides: [2, 2], padding: Padding(all: 1)),
      [image, constant("a", [16, 3, 3, 3]), constant("b", [16])],
      name: "stem")
    let depthwise = try graph.add(
      Convolution(padding: Padding(all: 1), groups: 16), [stem[0], constant("c", [16, 1, 3, 3]), nil],
      name: "depthwise")
    let scaled = try graph.add(
      BinaryArithmetic(.multiply), [depthwise[0], constant("s", [1, 16, 1, 1])], name: "scale")
    let wide = try graph.add(
      Convolution(), [scaled[0], constant("d", [32, 16, 1, 1]), nil], name: "pointwise")
    let pooled = try graph.add(GlobalPool(kind: .average), wide, name: "pool")
    let flat = try graph.add(Reshape(shape: [1, 32]), pooled, name: "flat")
    graph.outputs = try graph.add(
      Linear(transposesRight: true), [flat[0], constant("e", [10, 32]), constant("f", [10])],
      name: "classifier")
    return graph
  }

  private func shape(_ name: String, _ graph: Graph) throws -> Shape {
    let node = try #require(graph.nodes.first { $0.name == name })
    return graph[node.outputs[0]].type.shape
  }

  @Test func resolutionChangesImagesAndNotTheClassifier() throws {
    let scaled = try ScaledGraph.scaled(try graph(), resolution: 0.5)
    #expect(try shape("stem", scaled) == [1, 16, 16, 16])
    #expect(try shape("classifier", scaled) == [1, 10])
    #expect(scaled.parameterCount == (try graph()).parameterCount)
    _ = try Model(graph: scaled)
  }

  @Test func widthChangesChannelsInEightsAndKeepsOutputs() throws {
    let scaled = try ScaledGraph.scaled(try graph(), width: 1.5)
    #expect(try shape("stem", scaled) == [1, 24, 32, 32])
    #expect(try shape("depthwise", scaled) == [1, 24, 32, 32])
    #expect(try shape("scale", scaled) == [1, 24, 32, 32])
    #expect(try shape("pointwise", scaled) == [1, 48, 32, 32])
    #expect(try shape("classifier", scaled) == [1, 10])
    _ = try Model(graph: scaled)
  }

  /// Inputs of a pyramid stay in their proportions, though only the largest is a multiple of 32 before and after.
  @Test func inputsStayInProportion() throws {
    var graph = Graph(name: "pyramid")
    let inputs = [160, 80, 20].map { graph.addInput("\($0)", ValueType([1, 3, $0, $0])) }
    graph.outputs = try inputs.flatMap { try graph.add(UnaryFunction(.sine), [$0], name: "sine \($0)") }
    let scaled = try ScaledGraph.scaled(graph, resolution: 0.5)
    #expect(scaled.inputs.map { scaled[$0].type.shape[2] } == [96, 48, 12])
  }

  /// The places of a map, attended to as a list, are a map of the same proportions again.
  @Test func aListOfPlacesIsAMapAgain() throws {
    var graph = Graph(name: "places")
    let image = graph.addInput("image", ValueType([1, 64, 320, 320]))
    let map = try graph.add(AveragePool(kernel: [32, 32], strides: [32, 32]), [image], name: "pool")
    let list = try graph.add(Reshape(shape: [64, 100]), map, name: "list")
    graph.outputs = try graph.add(Reshape(shape: [1, 64, 10, 10]), list, name: "map")
    let scaled = try ScaledGraph.scaled(graph, resolution: 0.8)
    #expect(scaled.outputs.map { scaled[$0].type.shape } == [[1, 64, 8, 8]])
  }

  /// Tokens that become an image again, and heads of an attention.
  @Test func reshapingsFollow() throws {
    var graph = Graph(name: "tokens")
    let image = graph.addInput("image", ValueType([1, 6, 64, 64]))
    let tokens = try graph.add(Reshape(shape: [1, 6, 4096]), [image], name: "tokens")
    let last = try graph.add(Transpose(permutation: [0, 2, 1]), tokens, name: "last")
    let heads = try graph.add(Reshape(shape: [1, 4096, 2, 3]), last, name: "heads")
    let places = try graph.add(Reshape(shape: [1, 64, 64, 6]), last, name: "places")
    graph.outputs = heads + places
    let scaled = try ScaledGraph.scaled(graph, resolution: 0.5)
    #expect(try shape("tokens", scaled) == [1, 6, 1024])
    #expect(try shape("heads", scaled) == [1, 1024, 2, 3])
    #expect(try shape("places", scaled) == [1, 32, 32, 6])
  }

  @Test func theSameSizeIsTheSameGraph() throws {
    let (before, after) = (try graph(), try ScaledGraph.scaled(try graph()))
    #expect(after.cost == before.cost && after.parameterCount == before.parameterCount)
  }

  @Test func whatDoesNotFollowIsNamed() throws {
    var graph = Graph(name: "vector")
    let numbers = graph.addInput("numbers", ValueType([1, 8]))
    graph.outputs = try graph.add(UnaryFunction(.sine), [numbers], name: "sine")
    #expect(throws: ScaledGraph.Failure.noImage) { try ScaledGraph.scaled(graph, resolution: 0.5) }
  }

  @Test func predictsFromMeasuredLayers() throws {
    let model = try Model(graph: graph())
    let profile = try ModelProfiler(runs: 5, warmUp: 1, threads: 1).measure([.init(model)], name: "m").profile
    var same = WhatIf([model], resolution: 1, width: 1, from: profile)
    let sum = profile.layers.reduce(profile.remainder.p50) { $0 + $1.p50 }
    #expect(abs(same.predicted - sum) < 1e-9 * sum)
    #expect(same.error == nil)
    same.compare(with: profile)
    #expect(same.measured == profile.endToEnd.p50 && same.error?.isFinite == true)
    let larger = try Model(graph: ScaledGraph.scaled(graph(), resolution: 2))
    #expect(WhatIf([larger], resolution: 2, width: 1, from: profile).predicted > 1.5 * same.predicted)
  }
}
