import Tensors

/// How a plan's values share the arena.
extension Plan {
  /// The steps that touch each buffer of the arena; nil for other buffers and for unused ones.
  package var lifetimes: [ClosedRange<Int>?] {
    var lifetimes = [ClosedRange<Int>?](repeating: nil, count: buffers.count)
    for (index, step) in steps.enumerated() {
      for view in step.inputs.compactMap({ $0 }) + step.outputs where buffers[view.buffer.index].isInArena {
        let first = lifetimes[view.buffer.index]?.lowerBound ?? index
        lifetimes[view.buffer.index] = first...index
      }
    }
    return lifetimes
  }

  /// The bytes that a session allocates for the arena, inputs and outputs.
  public var sessionByteCount: Int {
    (inputs + outputs).reduce(arenaByteCount) { $0 + $1.type.byteCount }
  }

  /// Gives every value that lives in the arena its place.
  mutating func placeBuffers() {
    shareBuffersInPlace()
    var blocks: [MemoryPlan.Block] = []
    var bufferBlocks: [(buffer: Int, block: Int)] = []
    for (index, lifetime) in lifetimes.enumerated() {
      guard let lifetime else { continue }
      bufferBlocks.append((index, blocks.count))
      blocks.append(MemoryPlan.Block(byteCount: buffers[index].byteCount, steps: lifetime))
    }
    var scratchBlocks: [(step: Int, block: Int)] = []
    for (index, step) in steps.enumerated() where step.scratchByteCount > 0 {
      scratchBlocks.append((index, blocks.count))
      blocks.append(MemoryPlan.Block(byteCount: step.scratchByteCount, steps: index...index))
    }
    let memory = MemoryPlan(blocks)
    arenaByteCount = memory.byteCount
    for (buffer, block) in bufferBlocks { buffers[buffer].place = .arena(offset: memory.offsets[block]) }
    scratchOffsets = [Int](repeating: 0, count: steps.count)
    for (step, block) in scratchBlocks { scratchOffsets[step] = memory.offsets[block] }
  }

  /// Lets results take over the memory of operands that nothing needs any more.
  private mutating func shareBuffersInPlace() {
    var lifetimes = self.lifetimes
    var renamed: [BufferID: BufferID] = [:]
    func current(_ view: StridedView) -> StridedView {
      var view = view
      while let next = renamed[view.buffer] { view.buffer = next }
      return view
    }
    for index in steps.indices {
      steps[index].inputs = steps[index].inputs.map { $0.map(current) }
      steps[index].outputs = steps[index].outputs.map(current)
      let step = steps[index]
      guard let output = step.outputs.first, let outputLifetime = lifetimes[output.buffer.index],
        outputLifetime.lowerBound == index
      else { continue }
      for position in step.inPlaceInputs {
        guard let input = step.inputs[position], input.buffer != output.buffer,
          let inputLifetime = lifetimes[input.buffer.index], inputLifetime.upperBound == index,
          input.offset == output.offset, input.dimensions == output.dimensions,
          input.strides == output.strides,
          buffers[input.buffer.index].byteCount >= buffers[output.buffer.index].byteCount,
          step.inputs.allSatisfy({ $0?.buffer != input.buffer || $0 == input })
        else { continue }
        renamed[output.buffer] = input.buffer
        lifetimes[input.buffer.index] = inputLifetime.lowerBound...outputLifetime.upperBound
        lifetimes[output.buffer.index] = nil
        steps[index].outputs[0].buffer = input.buffer
        break
      }
    }
  }
}
