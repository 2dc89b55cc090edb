import GraphCompiler
import InferenceEngine
import Tensors
import Testing

/// Expects that no two buffers of an arena that are needed at the same time overlap, scratch memory included.
func expectDisjointBuffers(
  _ plan: Plan, _ what: @autoclosure () -> String, sourceLocation: SourceLocation = #_sourceLocation
) {
  var placed: [(bytes: Range<Int>, steps: ClosedRange<Int>, name: String)] = []
  for (index, lifetime) in plan.lifetimes.enumerated() {
    guard let lifetime, case .arena(let offset) = plan.buffers[index].place else { continue }
    let end = offset + plan.buffers[index].byteCount + TensorStorage.readableTail
    placed.append((offset..<end, lifetime, "buffer \(index)"))
  }
  for (index, step) in plan.steps.enumerated() where step.scratchByteCount > 0 {
    let offset = plan.scratchOffsets[index]
    placed.append((offset..<(offset + step.scratchByteCount), index...index, "scratch of \(step.name)"))
  }
  for (index, first) in placed.enumerated() {
    #expect(
      first.bytes.upperBound <= plan.arenaByteCount, "\(what()): \(first)", sourceLocation: sourceLocation)
    for second in placed[(index + 1)...] where first.steps.overlaps(second.steps) {
      #expect(
        !first.bytes.overlaps(second.bytes), "\(what()): \(first) and \(second)",
        sourceLocation: sourceLocation)
    }
  }
}

@Suite struct PlanMemoryTests {
  @Test(arguments: TestNetworks.names) func placesNothingTwice(name: String) throws {
    expectDisjointBuffers(try Model(graph: TestNetworks.builder(name).graph).plan, name)
  }

  @Test(arguments: TestNetworks.names) func takesLessThanAllValuesTogether(name: String) throws {
    let model = try Model(graph: TestNetworks.builder(name).graph)
    let all = model.optimizedGraph.nodes.flatMap(\.outputs).reduce(0) {
      $0 + model.optimizedGraph[$1].type.byteCount
    }
    #expect(model.plan.arenaByteCount < all, "\(name)")
  }

  @Test func writesJoinedValuesInPlace() throws {
    var net = NetworkBuilder("joined")
    let x = net.graph.addInput("x", ValueType([1, 4, 5, 6]))
    let parts = try (0..<3).map { _ in try net.convolve(x, 5, kernel: 3) }
    let inner = try net.graph.add(Concatenation(axis: 1), [parts[0], parts[1]], name: "inner")[0]
    let outer = try net.graph.add(Concatenation(axis: 1), [inner, parts[2]], name: "outer")[0]
    net.graph.outputs = [try net.convolve(outer, 2)]
    let model = try Model(graph: net.graph)
    #expect(!model.plan.steps.contains { $0.operation == "Concatenation" })
    let inputs = net.samples()
    expectEqual(try Session(model).run(inputs), try net.graph.evaluateReference(inputs), "joined")
  }

  @Test func worksInPlaceAlongAChain() throws {
    var net = NetworkBuilder("chain")
    let x = net.graph.addInput("x", ValueType([1, 4, 5, 6]))
    var y = x
    for _ in 0..<4 { y = try net(Activation(.sigmoid), y) }
    net.graph.outputs = [try net(MaxPool(kernel: [2, 2]), y)]
    let model = try Model(graph: net.graph)
    let value = 4 * 5 * 6 * 4
    #expect(model.plan.arenaByteCount < 3 * value)
    let inputs = net.samples()
    expectEqual(try Session(model).run(inputs), try net.graph.evaluateReference(inputs), "chain")
  }
}
