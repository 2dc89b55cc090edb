/// Where a step's first result lies while a plan runs, for people who read a plan.
public struct StepPlacement: Sendable, Hashable {
  /// Who holds the result.
  public enum Holder: Sendable, Hashable {
    /// The arena, from this byte on.
    case arena(offset: Int)
    /// The caller's buffer of an input or an output of the graph.
    case input, output
    /// The plan.
    case constant
  }

  /// Who holds the result.
  public let holder: Holder
  /// The bytes of the buffer that the result lies in; several steps may fill parts of one.
  public let byteCount: Int
  /// The last step that reads or writes the buffer; nil outside the arena.
  public let lastStep: Int?
  /// Whether an earlier step wrote to the buffer: the result takes over an operand's memory or is one part of a whole.
  public let isShared: Bool
  /// The bytes of the arena that the step needs for itself alone.
  public let scratchByteCount: Int
}

extension Plan {
  /// Where the first result of each step lies.
  public var placements: [StepPlacement] {
    let lifetimes = self.lifetimes
    return steps.enumerated().map { index, step in
      let number = step.outputs[0].buffer.index
      let buffer = buffers[number]
      let holder: StepPlacement.Holder =
        switch buffer.place {
        case .arena(let offset): .arena(offset: offset)
        case .input: .input
        case .output: .output
        case .constant: .constant
        }
      return StepPlacement(
        holder: holder, byteCount: buffer.byteCount, lastStep: lifetimes[number]?.upperBound,
        isShared: lifetimes[number].map { $0.lowerBound < index } ?? false,
        scratchByteCount: step.scratchByteCount)
    }
  }
}
