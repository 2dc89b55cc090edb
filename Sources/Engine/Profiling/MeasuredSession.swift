import InferenceEngine

/// What a profile says of sessions that run one after the other, beside their times.
struct MeasuredSession {
  /// The steps of all plans.
  let steps: [PlanStep]
  /// The threads of a run.
  let threads: Int
  /// The instructions that the kernels use.
  let instructionSet: InstructionSet
  /// Weights, and multiply-adds of a run, of the graphs as given.
  let parameters, multiplyAdds: Int
  /// The memory that values between inputs and outputs take.
  let arenaBytes: Int

  /// Describes sessions, one at least.
  init(_ sessions: [Session]) {
    let models = sessions.map(\.model)
    steps = models.flatMap(\.plan.steps)
    threads = sessions[0].threadCount
    instructionSet = models[0].options.instructionSet
    parameters = models.reduce(0) { $0 + $1.parameterCount }
    multiplyAdds = models.reduce(0) { $0 + $1.cost.multiplyAdds }
    arenaBytes = models.reduce(0) { $0 + $1.plan.arenaByteCount }
  }
}
