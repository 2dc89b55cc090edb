import Foundation
import Graphs
import InferenceEngine
import ModelFormats
import Networks
import Tensors
import Testing

@Suite struct ClickNetworkTests {
  @Test func keepsToItsBudget() throws {
    let network = try ClickNetwork(weights: RandomWeights())
    let parameters = network.encoder.parameterCount + network.trunk.parameterCount
    #expect(parameters == 4_218_390 && parameters <= 6_400_000)
    let multiplyAdds = network.encoder.cost.multiplyAdds + network.trunk.cost.multiplyAdds
    #expect(multiplyAdds <= 1_600_000_000, "\(multiplyAdds)")
    // Convolutions, linear layers and attention, as PyTorch's own shapes give them.
    #expect(Self.products(network.encoder) == 742_524_800)
    #expect(Self.products(network.trunk) == 528_752_128)
  }

  @Test func theTinyOneKeepsToItsBudget() throws {
    let network = try ClickNetwork(weights: RandomWeights(), configuration: .tiny)
    let parameters = network.encoder.parameterCount + network.trunk.parameterCount
    #expect(parameters == 619_086 && parameters <= 1_300_000, "\(parameters)")
    let multiplyAdds = network.encoder.cost.multiplyAdds + network.trunk.cost.multiplyAdds
    #expect(multiplyAdds <= 400_000_000, "\(multiplyAdds)")
    #expect(Self.products(network.encoder) == 216_051_200)
    #expect(Self.products(network.trunk) == 163_053_120)
  }

  static func products(_ graph: Graph) -> Int {
    graph.nodes.reduce(0) { sum, node in
      switch node.operation {
      case is Convolution, is Linear, is MatrixProduct: sum + graph.cost(of: node).multiplyAdds
      default: sum
      }
    }
  }

  @Test(arguments: [(320, 320), (256, 256), (32, 96)])
  func shapesFollowTheInput(height: Int, width: Int) throws {
    let network = try ClickNetwork(weights: RandomWeights(), height: height, width: width)
    try network.encoder.validate()
    try network.trunk.validate()
    let levels = network.encoder.outputs.map { network.encoder[$0] }
    #expect(levels.map(\.name) == ClickNetwork.pyramidNames)
    #expect(levels.map { $0.type.shape[1] } == [16, 24, 40, 112, 320])
    #expect(levels.map { $0.type.shape[2] } == [2, 4, 8, 16, 32].map { height / $0 })
    let inputs = Dictionary(
      uniqueKeysWithValues: network.trunk.inputs.map { (network.trunk[$0].name, network.trunk[$0].type) })
    for level in levels { #expect(inputs[level.name] == level.type) }
    #expect(inputs["prompts"]?.shape == [1, 4, height, width])
    let outputs = network.trunk.outputs.map { network.trunk[$0] }
    #expect(outputs.map(\.name) == ["logits", "quality"])
    #expect(outputs.map(\.type.shape) == [[1, 3, height / 2, width / 2], [1, 3]])
  }

  @Test(arguments: [(0, 320), (320, 100), (-32, 32)])
  func otherSizesAreRefused(height: Int, width: Int) {
    #expect(throws: NetworkError.self) {
      try ClickNetwork(weights: RandomWeights(), height: height, width: width)
    }
  }

  @Test func wrongWeightsAreNamed() {
    struct Stretched: WeightSource {
      func weight(named name: String, shape: Shape) throws -> Tensor {
        name == "trunk.prompt.bias"
          ? Tensor([33], repeating: Float(0)) : RandomWeights().weight(named: name, shape: shape)
      }
    }
    #expect(
      throws: NetworkError.weightShape(
        network: "click trunk", name: "trunk.prompt.bias", found: [33], expected: [32])
    ) { try ClickNetwork(weights: Stretched()) }
  }

  /// The stored examples hold what PyTorch makes of the shipped weights.
  @Test(arguments: Self.examples)
  func referenceAgreesWithPyTorch(_ name: String, height: Int, width: Int) throws {
    try expectExample(name, height: height, width: width) { try $0.evaluateReference($1) }
  }

  @Test(arguments: Self.examples, [1, 2])
  func sessionAgreesWithPyTorch(_ example: (name: String, height: Int, width: Int), threads: Int) throws {
    try expectExample(example.name, height: example.height, width: example.width) {
      try Session(Model(graph: $0), threads: threads).run($1)
    }
  }

  static let examples: [(name: String, height: Int, width: Int)] = [
    ("click", 128, 128), ("click", 96, 160), ("tiny", 96, 160),
  ]

  /// Runs encoder and trunk on a stored example and compares.
  private func expectExample(
    _ name: String, height: Int, width: Int, _ run: (Graph, [String: Tensor]) throws -> [String: Tensor]
  ) throws {
    let example = try Example(name, height: height, width: width)
    let network = try NetworkRegistry.clickNetwork(named: name, height: height, width: width)
    var values = try run(network.encoder, ["image": example.image])
    #expect(try example.largestDifference("pyramid.4", #require(values["pyramid.4"])) < 1e-3)
    values["prompts"] = try example.prompts
    let results = try run(network.trunk, values)
    for name in ["logits", "quality"] {
      let difference = try example.largestDifference(name, #require(results[name]))
      #expect(difference < 1e-3, "\(name) of \(height)x\(width): \(difference)")
    }
  }
}

/// An input and what PyTorch makes of it, made by `Training/click_network/export.py`.
struct Example {
  private let file: Safetensors

  init(_ name: String, height: Int, width: Int) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures")
    file = try Safetensors(path: folder.appendingPathComponent("\(name)-\(height)x\(width).safetensors").path)
  }

  func input(_ name: String) throws -> Tensor { try file.float32Tensor(named: name) }

  var image: Tensor { get throws { try file.float32Tensor(named: "image") } }
  var prompts: Tensor { get throws { try file.float32Tensor(named: "prompts") } }

  /// The largest difference of a result from the stored one, as a part of the largest stored value if that is
  /// above 1.
  func largestDifference(_ name: String, _ tensor: Tensor) throws -> Float {
    let expected = try file.float32Tensor(named: name)
    guard tensor.shape == expected.shape else { return .infinity }
    let wanted = expected.elements(as: Float.self)
    let scale = max(wanted.reduce(0) { max($0, abs($1)) }, 1)
    return zip(tensor.elements(as: Float.self), wanted).reduce(0) { max($0, abs($1.0 - $1.1)) } / scale
  }
}
