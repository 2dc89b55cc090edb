import CAllocationCounter
import GraphCompiler
import Graphs
import InferenceEngine
import Tensors
import Testing

@Suite struct SessionTests {
  @Test(arguments: TestNetworks.names, [1, 2]) func allocatesNothingPerRun(name: String, threads: Int) throws
  {
    guard allocation_counter_is_available() else { return }
    let session = Session(try Model(graph: TestNetworks.builder(name).graph), threads: threads)
    try session.run()
    let before = allocation_counter_value()
    for _ in 0..<5 { try session.run() }
    #expect(allocation_counter_value() - before == 0, "\(name), \(threads) threads")
  }

  @Test func countsAllocations() {
    guard allocation_counter_is_available() else { return }
    let before = allocation_counter_value()
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: 10_000, alignment: 8)
    bytes.deallocate()
    #expect(allocation_counter_value() > before)
  }

  @Test(arguments: TestNetworks.names) func timesSumToTheEnd(name: String) throws {
    let session = Session(try Model(graph: TestNetworks.builder(name).graph))
    #expect(session.profile.endToEndNanoseconds == 0)
    for _ in 0..<3 {
      try session.run()
      let profile = session.profile
      #expect(profile.layers.count == session.model.plan.steps.count)
      let sum = profile.layers.reduce(0) { $0 + $1.nanoseconds }
      #expect(sum + profile.remainderNanoseconds == profile.endToEndNanoseconds)
      #expect(sum > 0 && profile.remainderNanoseconds > 0, "\(name): \(sum), \(profile.remainderNanoseconds)")
    }
  }

  @Test func servesTwoThreadsAtOnce() async throws {
    var net = try TestNetworks.unet()
    let model = try Model(graph: net.graph)
    let cases = try (0..<2).map { _ in
      let inputs = net.samples()
      return (inputs: inputs, expected: try net.graph.evaluateReference(inputs))
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (inputs, expected) in cases {
        group.addTask {
          let session = Session(model, threads: 2)
          for run in 0..<50 { expectEqual(try session.run(inputs), expected, "run \(run) of two sessions") }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func readsAndWritesPixelsInPlace() throws {
    var net = try TestNetworks.shuffle()
    let output = net.graph[net.graph.outputs[0]].name
    let options = CompileOptions(orders: ["image": .channelsLast, output: .channelsLast])
    let session = Session(try Model(graph: net.graph, options: options))
    let inputs = net.samples()
    let expected = try net.graph.evaluateReference(inputs)
    expectEqual(try session.run(inputs), expected, "by tensors")

    let image = try #require(inputs["image"]).elements(as: Float.self)
    try session.withInput("image") { pixels in
      for channel in 0..<3 {
        for pixel in 0..<(32 * 40) { pixels[pixel * 3 + channel] = image[channel * 32 * 40 + pixel] }
      }
    }
    try session.run()
    let logits = try #require(expected[output]).elements(as: Float.self)
    try session.withOutput(output) { pixels in
      for channel in 0..<2 {
        for pixel in 0..<(32 * 40) {
          #expect(abs(pixels[pixel * 2 + channel] - logits[channel * 32 * 40 + pixel]) < 1e-4)
        }
      }
    }
  }

  @Test func explainsWrongInputs() throws {
    let session = Session(try Model(graph: TestNetworks.mobile().graph))
    let image = ValueType([1, 3, 33, 31])
    #expect(throws: InferenceError.missingInput("image", expected: image)) { try session.run([:]) }
    #expect(throws: InferenceError.unknownName("picture", kind: "input", known: ["image"])) {
      try session.run(["picture": Tensor([1, 3, 33, 31])])
    }
    #expect(throws: InferenceError.type(name: "image", expected: image, found: ValueType([3, 33, 31]))) {
      try session.run(["image": Tensor([3, 33, 31])])
    }
    #expect(throws: InferenceError.self) { try session.withOutput("mask") { $0.count } }
  }

  @Test func refusesOrdersThatDoNotFit() throws {
    let graph = try TestNetworks.mobile().graph
    for orders in [["nowhere": AxisOrder.channelsLast], ["image": AxisOrder([1, 0])]] {
      #expect(throws: CompilerError.self) { try Model(graph: graph, options: CompileOptions(orders: orders)) }
    }
  }

  @Test func refusesModelsThatNeedTooMuchMemory() throws {
    var graph = Graph(name: "huge")
    let x = graph.addInput("x", ValueType([1, 1, 1 << 16, 1 << 16]))
    graph.outputs = try graph.add(Activation(.relu), [x], name: "y")
    let needed = 2 << 34
    #expect(throws: CompilerError.memory(byteCount: needed, limit: 16 << 30)) { try Model(graph: graph) }
  }
}
