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
    /// The bytes of the first result.
    public var outputBytes: Int
    /// The weights.
    public var parameters: Int
    /// What one run multiplies and adds, and the bytes that it reads and writes once.
    public var multiplyAdds, bytes: Int
    /// The time of a run.
    public var first, last, min, mean, p50, p95, max, standardDeviation: Double
    /// The share of the end-to-end mean, and of this layer and all before.
    public var share, cumulativeShare: Double
    /// Two operations for each multiply-add, by the mean.
    public var gigaflops: Double
    /// `gigaflops` over the machine's peak; above one where a kernel needs fewer products than the operator has.
    public var peakShare: Double
    /// Which of the machine's limits the layer runs under.
    public var bound: MachinePeak.Bound
  }

  /// What was measured: a name or a file.
  public var model: String
  /// Where and how.
  public var machine: Machine
  /// What the machine can do at most with these threads and instructions.
  public var peak: MachinePeak
  /// The instruction set that the kernels were made for.
  public var instructionSet: String
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
  /// The end-to-end times of the runs that are not counted.
  public var warmUpTimes: [Double]
  /// Whether the runs were steady.
  public var steadiness: Steadiness
}

extension ModelProfile {
  /// Summarises recorded runs.
  ///
  /// - Parameter quantileWindow: Quantiles are of so many runs, the newest; all others count in the rest.
  init(
    model: String, _ session: MeasuredSession, _ times: RecordedTimes, peak: MachinePeak,
    quantileWindow: Int = .max
  ) {
    let endToEnd = RunStatistics(times.endToEnd, quantileWindow: quantileWindow)
    var cumulative = 0.0
    let layers = zip(session.steps, times.steps).map { step, column in
      let times = RunStatistics(column, quantileWindow: quantileWindow)
      let share = endToEnd.mean > 0 ? times.mean / endToEnd.mean : 0
      cumulative += share
      let gigaflops = times.mean > 0 ? 2e-6 * Double(step.cost.multiplyAdds) / times.mean : 0
      return Layer(
        name: step.name, type: step.operation, kernel: step.kernelName,
        outputShape: step.outputType.shape.dimensions, outputBytes: step.outputType.byteCount,
        parameters: step.parameterCount, multiplyAdds: step.cost.multiplyAdds, bytes: step.cost.bytes,
        first: times.first, last: times.last, min: times.min, mean: times.mean, p50: times.p50,
        p95: times.p95, max: times.max, standardDeviation: times.standardDeviation, share: share,
        cumulativeShare: cumulative, gigaflops: gigaflops,
        peakShare: peak.gigaflops > 0 ? gigaflops / peak.gigaflops : 0,
        bound: peak.bound(multiplyAdds: step.cost.multiplyAdds, bytes: step.cost.bytes))
    }
    self.model = model
    machine = .current
    self.peak = peak
    instructionSet = session.instructionSet.rawValue
    threads = session.threads
    warmUp = times.warmUp.count
    runs = times.endToEnd.count
    parameters = session.parameters
    multiplyAdds = session.multiplyAdds
    arenaBytes = session.arenaBytes
    self.layers = layers
    self.endToEnd = endToEnd
    remainder = RunStatistics(times.remainders, quantileWindow: quantileWindow)
    warmUpTimes = times.warmUp
    steadiness = Steadiness(warmUp: times.warmUp, counted: times.endToEnd)
  }

  /// The share of the end-to-end mean that no layer explains.
  public var remainderShare: Double { endToEnd.mean > 0 ? remainder.mean / endToEnd.mean : 0 }
}
