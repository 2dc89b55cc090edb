import Graphs

/// Where the time of a session's last run went, step by step.
///
/// The layers' times and the remainder sum to the end-to-end time exactly.
public struct LayerProfile: Sendable {
  /// One step of the compiled plan.
  public struct Layer: Sendable {
    /// The name of the graph's node.
    public let name: String
    /// The operator.
    public let type: String
    /// The kernel chosen; "reference" where the operator's naive evaluation ran.
    public let kernel: String
    /// The shape of the first result, in logical order.
    public let outputShape: Shape
    /// What one run costs.
    public let cost: Cost
    /// The weights that the layer was made from.
    public let parameterCount: Int
    /// The time the last run spent here.
    public let nanoseconds: UInt64
  }

  /// The steps in the order in which they ran.
  public let layers: [Layer]
  /// The time from the call of `run` to its return.
  public let endToEndNanoseconds: UInt64
  /// What the end-to-end time has beyond the layers': waking and releasing the workers.
  public let remainderNanoseconds: UInt64
}

extension LayerProfile {
  /// Returns the profile of two runs, one after the other.
  public static func + (first: LayerProfile, second: LayerProfile) -> LayerProfile {
    LayerProfile(
      layers: first.layers + second.layers,
      endToEndNanoseconds: first.endToEndNanoseconds + second.endToEndNanoseconds,
      remainderNanoseconds: first.remainderNanoseconds + second.remainderNanoseconds)
  }
}
