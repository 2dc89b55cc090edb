import GraphCompiler
import Graphs
import Tensors
import Testing

@Suite struct StepPlacementTests {
  /// Three convolutions, the first read again by the last sum.
  private func plan() throws -> Plan {
    var graph = Graph(name: "residual")
    let image = graph.addInput("image", ValueType([1, 8, 12, 12]))
    func convolution(_ name: String, _ input: ValueID) throws -> ValueID {
      let weight = graph.addConstant(name + ".weight", Tensor([8, 8, 3, 3], repeating: Float(0.125)))
      return try graph.add(Convolution(padding: Padding(all: 1)), [input, weight, nil], name: name)[0]
    }
    let first = try convolution("first", image)
    let second = try graph.add(UnaryFunction(.sine), [try convolution("second", first)], name: "sine")[0]
    let third = try graph.add(UnaryFunction(.cosine), [second], name: "cosine")[0]
    let sum = try graph.add(BinaryArithmetic(.add), [third, first], name: "sum")[0]
    graph.outputs = [try convolution("last", sum)]
    return try Plan(graph)
  }

  @Test func resultsThatLiveAtTheSameTimeDoNotOverlap() throws {
    let plan = try plan()
    let placed = plan.placements.enumerated().compactMap { index, placement in
      if case .arena(let offset) = placement.holder, !placement.isShared {
        (first: index, last: placement.lastStep ?? index, bytes: offset..<offset + placement.byteCount)
      } else {
        nil
      }
    }
    #expect(placed.count >= 2)
    for (index, one) in placed.enumerated() {
      #expect(one.bytes.upperBound <= plan.arenaByteCount)
      for other in placed[(index + 1)...] where other.first <= one.last {
        #expect(!one.bytes.overlaps(other.bytes), "\(one) and \(other)")
      }
    }
  }

  @Test func outputsAndSharedMemoryAreTold() throws {
    let plan = try plan()
    #expect(plan.placements.count == plan.steps.count)
    #expect(plan.placements.contains { $0.holder == .output && $0.lastStep == nil })
    #expect(plan.placements.contains { $0.isShared }, "a function of one operand takes over its memory")
  }
}
