import GraphCompiler
import Graphs
import InferenceEngine
import Tensors
import Testing

@Suite struct CompiledNetworkTests {
  @Test(arguments: TestNetworks.names, [1, 2]) func agreesWithTheReference(name: String, threads: Int) throws
  {
    var net = try TestNetworks.builder(name)
    let model = try Model(graph: net.graph)
    let session = Session(model, threads: threads)
    for run in 0..<3 {
      let inputs = net.samples()
      expectEqual(
        try session.run(inputs), try net.graph.evaluateReference(inputs),
        "\(name), \(threads) threads, run \(run)")
    }
  }

  @Test(arguments: TestNetworks.names) func needsNoReferenceStep(name: String) throws {
    let model = try Model(graph: TestNetworks.builder(name).graph)
    #expect(model.plan.referenceSteps.map(\.name) == [], "\(name)")
  }

  @Test(arguments: TestNetworks.names) func agreesWithoutRules(name: String) throws {
    var net = try TestNetworks.builder(name)
    let session = Session(try Model(graph: net.graph, options: CompileOptions(appliesRules: false)))
    let inputs = net.samples()
    expectEqual(try session.run(inputs), try net.graph.evaluateReference(inputs), "\(name) without rules")
  }

  @Test(arguments: InstructionSet.available, TestNetworks.names)
  func agreesOnEveryInstructionSet(instructionSet: InstructionSet, name: String) throws {
    var net = try TestNetworks.builder(name)
    let session = Session(
      try Model(graph: net.graph, options: CompileOptions(instructionSet: instructionSet)))
    let inputs = net.samples()
    expectEqual(
      try session.run(inputs), try net.graph.evaluateReference(inputs),
      "\(name) on \(instructionSet.rawValue)")
  }

  @Test func runsABlockInThreeKernelsPlusConversions() throws {
    var net = NetworkBuilder("block")
    let image = net.graph.addInput("image", ValueType([1, 8, 9, 7]))
    var y = try net(Activation(.relu6), net.normalize(net.convolve(image, 24)))
    y = try net(Activation(.relu6), net.normalize(net.convolve(y, 24, kernel: 3, groups: 24)))
    y = try net.normalize(net.convolve(y, 8))
    net.graph.outputs = [try net(BinaryArithmetic(.add), y, image)]
    let order = ["image": AxisOrder.channelsLast, net.graph[net.graph.outputs[0]].name: .channelsLast]
    let model = try Model(graph: net.graph, options: CompileOptions(orders: order))
    #expect(model.plan.steps.map(\.operation) == ["Convolution", "Convolution", "Convolution"])
    let inputs = net.samples()
    expectEqual(
      try Session(model).run(inputs), try net.graph.evaluateReference(inputs), "block, channels last")
  }

  /// At the lowest scale only what computes may cost: no conversions, copies or reshapes.
  @Test func copiesNothingAroundTheTransformer() throws {
    let model = try Model(graph: TestNetworks.unet().graph)
    let operations = model.plan.steps.map(\.operation)
    let first = try #require(operations.firstIndex(of: "LayerNormalization"))
    let last = try #require(operations.lastIndex(of: "Linear"))
    #expect(
      Set(operations[first...last]) == [
        "LayerNormalization", "Linear", "MatrixProduct", "BinaryArithmetic", "Softmax",
      ])
  }
}
