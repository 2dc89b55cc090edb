import Tensors

/// Where blocks that live for some steps of a plan lie in one arena.
///
/// Best fit by lifetime, largest first, as XNNPACK's memory planner: each block goes into the smallest gap between the blocks
/// that live at the same time, or behind them.
public struct MemoryPlan: Sendable {
  /// A block of bytes and the steps that need it.
  public struct Block: Sendable, Hashable {
    /// The bytes needed.
    public var byteCount: Int
    /// The first and last step that touch the block.
    public var steps: ClosedRange<Int>

    /// Makes a block.
    public init(byteCount: Int, steps: ClosedRange<Int>) {
      self.byteCount = byteCount
      self.steps = steps
    }

    /// The bytes the block takes in the arena: aligned, with the tail behind it that kernels may read.
    var extent: Int {
      let alignment = TensorStorage.alignment
      return (byteCount + alignment - 1) / alignment * alignment + TensorStorage.readableTail
    }
  }

  /// Where each block begins, in bytes, a multiple of `TensorStorage.alignment`.
  public private(set) var offsets: [Int]
  /// The bytes of the arena.
  public private(set) var byteCount = 0

  /// Places `blocks`.
  public init(_ blocks: [Block]) {
    offsets = [Int](repeating: 0, count: blocks.count)
    let largestFirst = blocks.indices.sorted { (-blocks[$0].extent, $0) < (-blocks[$1].extent, $1) }
    var placed: [Int] = []  // by offset
    for index in largestFirst {
      let block = blocks[index]
      var gap: (offset: Int, size: Int)?
      var end = 0
      for other in placed where blocks[other].steps.overlaps(block.steps) {
        let size = offsets[other] - end
        if size >= block.extent, size < gap?.size ?? .max { gap = (end, size) }
        end = max(end, offsets[other] + blocks[other].extent)
      }
      let offset = gap?.offset ?? end
      offsets[index] = offset
      byteCount = max(byteCount, offset + block.extent)
      let position = placed.firstIndex { offsets[$0] > offset } ?? placed.endIndex
      placed.insert(index, at: position)
    }
  }
}
