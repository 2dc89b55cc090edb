import InferenceEngine

/// What a profile says of a session, beside its times.
public struct MeasuredSession: Sendable, Hashable {
  /// The threads of a run.
  public var threads: Int
  /// Weights, and multiply-adds of a run, of the graph as given.
  public var parameters, multiplyAdds: Int
  /// The memory that values between inputs and outputs take.
  public var arenaBytes: Int

  /// Describes a session.
  public init(_ session: Session) {
    threads = session.threadCount
    parameters = session.model.parameterCount
    multiplyAdds = session.model.cost.multiplyAdds
    arenaBytes = session.model.plan.arenaByteCount
  }
}
