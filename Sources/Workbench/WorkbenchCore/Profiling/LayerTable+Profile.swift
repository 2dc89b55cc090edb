import InferenceEngine
import Profiling

extension LayerTable {
  /// The layers of a benchmark, with the means of all runs.
  public init(_ profile: ModelProfile) {
    self.init(
      steps: profile.layers.map { layer in
        var step = Step(
          layer.name, milliseconds: layer.mean, type: layer.type, kernel: layer.kernel,
          shape: layer.outputShape.map(String.init).joined(separator: "x"), multiplyAdds: layer.multiplyAdds,
          bytes: layer.bytes)
        step.parameters = layer.parameters
        step.peakShare = layer.peakShare
        step.bound = layer.bound
        step.times = Times(
          first: layer.first, last: layer.last, min: layer.min, p50: layer.p50, p95: layer.p95, max: layer.max
        )
        return step
      }, milliseconds: profile.endToEnd.mean)
  }

  /// The layers of a run; a layer that ran several times counts once, with the sum of its times.
  ///
  /// - Parameter peak: What the machine can do at most; nil where that is not known.
  public init(_ run: LayerProfile, peak: MachinePeak?) {
    var steps: [Step] = []
    var places: [String: Int] = [:]
    for layer in run.layers {
      let key = "\(layer.name)\u{0}\(layer.type)"
      let time = Double(layer.nanoseconds) / 1e6
      if let place = places[key] {
        steps[place].milliseconds += time
        steps[place].calls += 1
        steps[place].multiplyAdds += layer.cost.multiplyAdds
        continue
      }
      places[key] = steps.count
      var step = Step(
        layer.name, milliseconds: time, type: layer.type, kernel: layer.kernel, shape: "\(layer.outputShape)",
        multiplyAdds: layer.cost.multiplyAdds, bytes: layer.cost.bytes)
      step.parameters = layer.parameterCount
      step.bound = peak?.bound(multiplyAdds: layer.cost.multiplyAdds, bytes: layer.cost.bytes)
      steps.append(step)
    }
    if let peak, peak.gigaflops > 0 {
      for place in steps.indices { steps[place].peakShare = steps[place].gigaflops / peak.gigaflops }
    }
    self.init(steps: steps, milliseconds: Double(run.endToEndNanoseconds) / 1e6)
  }
}

extension LayerTable.Times {
  /// What the last runs say; nil when there are none.
  public init?(_ history: [Double], first: Double?) {
    guard !history.isEmpty else { return nil }
    let times = RunStatistics(history)
    self.init(
      first: first ?? times.first, last: times.last, min: times.min, p50: times.p50, p95: times.p95,
      max: times.max)
  }
}
