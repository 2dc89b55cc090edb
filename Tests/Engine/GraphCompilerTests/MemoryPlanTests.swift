import GraphCompiler
import Tensors
import Testing

@Suite struct MemoryPlanTests {
  /// Blocks of random sizes and lifetimes, the same in every run.
  private func randomBlocks(_ count: Int, seed: UInt64) -> [MemoryPlan.Block] {
    var state = seed
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    return (0..<count).map { _ in
      let first = next(40)
      return MemoryPlan.Block(byteCount: next(5000), steps: first...(first + next(8)))
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64]) func neverOverlapsWhatLivesTogether(seed: UInt64) {
    let blocks = randomBlocks(120, seed: seed)
    let plan = MemoryPlan(blocks)
    for (index, block) in blocks.enumerated() {
      #expect(plan.offsets[index] % TensorStorage.alignment == 0)
      #expect(plan.offsets[index] + block.byteCount + TensorStorage.readableTail <= plan.byteCount)
      for other in blocks.indices where other > index && blocks[other].steps.overlaps(block.steps) {
        let (first, second) = plan.offsets[index] <= plan.offsets[other] ? (index, other) : (other, index)
        #expect(
          plan.offsets[first] + blocks[first].byteCount + TensorStorage.readableTail <= plan.offsets[second],
          "blocks \(first) and \(second), seed \(seed)")
      }
    }
  }

  @Test func reusesMemoryOfTheDead() {
    let chain = (0..<10).map { MemoryPlan.Block(byteCount: 1024, steps: $0...($0 + 1)) }
    #expect(MemoryPlan(chain).byteCount == 2 * (1024 + TensorStorage.readableTail))
  }

  @Test func takesTheSmallestGapThatFits() {
    let plan = MemoryPlan([
      MemoryPlan.Block(byteCount: 4096, steps: 0...0), MemoryPlan.Block(byteCount: 2048, steps: 0...9),
      MemoryPlan.Block(byteCount: 1800, steps: 0...0), MemoryPlan.Block(byteCount: 1700, steps: 0...9),
      MemoryPlan.Block(byteCount: 960, steps: 5...5),
    ])
    #expect(plan.offsets[4] == plan.offsets[2])
  }

  @Test func needsNothingForNothing() { #expect(MemoryPlan([]).byteCount == 0) }
}
