import InferenceEngine

/// Where the time of a model's runs went, layer by layer. Times are milliseconds.
public struct ModelProfile: Sendable, Hashable, Codable {
  /// One step of the compiled plan over all measured runs.
  public struct Layer: Sendable, Hashable, Codable {
    /// The graph's node.
    public var name: String
    /// The operator.
    public var type: String
    /// The kernel chosen; "reference" where the operator's naive evaluation ran.
    public var kernel: String
    /// The dimensions of the first result.
    public var outputShape: [Int]
    /// What one run multiplies and adds, and the bytes that it reads and writes once.
    public var multiplyAdds, bytes: Int
    /// The time of a run.
    public var first, last, min, mean, p50, p95, max, standardDeviation: Double
    /// The share of the end-to-end mean, and of this layer and all before.
    public var share, cumulativeShare: Double
    /// Two operations for each multiply-add, by the mean.
    public var gigaflops: Double
  }

  /// What was measured: a name or a file.
  public var model: String
  /// Where and how.
  public var machine: Machine
  /// The threads of a run.
  public var threads: Int
  /// Runs that are not counted, and those that are.
  public var warmUp, runs: Int
  /// Weights, and multiply-adds of a run, of the graph as given.
  public var parameters, multiplyAdds: Int
  /// The most memory that values between inputs and outputs take.
  public var arenaBytes: Int
  /// The layers in the order in which they run.
  public var layers: [Layer]
  /// The time from the call to the return.
  public var endToEnd: RunStatistics
  /// What the end-to-end time has beyond the layers'.
  public var remainder: RunStatistics

  /// Whether the measured runs got slower or faster by more than chance: the later half's mean over the earlier's, nil when
  /// they do not differ.
  public var drift: Double?
}

extension ModelProfile {
  /// Summarises runs of one or more sessions that work one after the other.
  ///
  /// - Parameters:
  ///   - profiles: one for each counted run, of the same layers.
  ///   - warmUp: runs before that were not counted.
  public init(model: String, sessions: [MeasuredSession], profiles: [LayerProfile], warmUp: Int) {
    let milliseconds = 1e-6
    let total = profiles.map { Double($0.endToEndNanoseconds) * milliseconds }
    let endToEnd = RunStatistics(total)
    var cumulative = 0.0
    let layers = profiles[0].layers.enumerated().map { index, layer in
      let times = RunStatistics(profiles.map { Double($0.layers[index].nanoseconds) * milliseconds })
      let share = endToEnd.mean > 0 ? times.mean / endToEnd.mean : 0
      cumulative += share
      return Layer(
        name: layer.name, type: layer.type, kernel: layer.kernel, outputShape: layer.outputShape.dimensions,
        multiplyAdds: layer.cost.multiplyAdds, bytes: layer.cost.bytes, first: times.first, last: times.last,
        min: times.min, mean: times.mean, p50: times.p50, p95: times.p95, max: times.max,
        standardDeviation: times.standardDeviation, share: share, cumulativeShare: cumulative,
        gigaflops: times.mean > 0 ? 2e-6 * Double(layer.cost.multiplyAdds) / times.mean : 0)
    }
    self.model = model
    machine = .current
    threads = sessions[0].threads
    self.warmUp = warmUp
    runs = profiles.count
    parameters = sessions.reduce(0) { $0 + $1.parameters }
    multiplyAdds = sessions.reduce(0) { $0 + $1.multiplyAdds }
    arenaBytes = sessions.reduce(0) { $0 + $1.arenaBytes }
    self.layers = layers
    self.endToEnd = endToEnd
    remainder = RunStatistics(profiles.map { Double($0.remainderNanoseconds) * milliseconds })
    drift = Self.drift(of: total)
  }

  private static func drift(of times: [Double]) -> Double? {
    guard times.count >= 8 else { return nil }
    let early = RunStatistics(Array(times[..<(times.count / 2)]))
    let late = RunStatistics(Array(times[(times.count / 2)...]))
    return WelchTest(early, late).probability < 0.01 && early.mean > 0 ? late.mean / early.mean : nil
  }
}
