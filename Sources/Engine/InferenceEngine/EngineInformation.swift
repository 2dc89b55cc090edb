import ComputeKernels

/// What the engine found on this machine and chose.
public struct EngineInformation: Sendable, CustomStringConvertible {
  /// The instruction sets that the processor has and kernels exist for, from the plainest on.
  public let availableInstructionSets: [InstructionSet]
  /// The instruction set that models are compiled for; the environment variable `VIGNETTE_ISA` names another.
  public let selectedInstructionSet: InstructionSet
  /// The threads of a session unless told otherwise.
  public let threadCount: Int

  /// What holds for this process.
  public static var current: EngineInformation {
    EngineInformation(
      availableInstructionSets: InstructionSet.available, selectedInstructionSet: .selected,
      threadCount: Session.defaultThreadCount)
  }

  public var description: String {
    let available = availableInstructionSets.map(\.rawValue).joined(separator: ", ")
    return
      "instruction sets \(available); selected \(selectedInstructionSet.rawValue); threads \(threadCount)"
  }
}
