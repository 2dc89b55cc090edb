import Glibc
import InferenceEngine
import Profiling

/// Writes a line that a reader at the other end of a pipe sees at once.
func say(_ line: String) {
  print(line)
  fflush(nil)
}

/// What a measurement says.
struct BenchReport {
  let profiles: [LayerProfile]
  let session: Session
  let loadMilliseconds: Double

  /// Prints a line of totals, and a line for each layer where asked.
  func print(withLayers: Bool) {
    let total = milliseconds { $0.endToEndNanoseconds }
    let model = session.model
    let multiplyAdds = Double(model.cost.multiplyAdds)
    let peak = MachinePeak.known(.selected, threads: session.threadCount)
    say(
      "\(model.graph.name): median \(total.median.text) ms, least \(total.least.text) ms,"
        + " \((2e-6 * multiplyAdds / total.median).text) GFLOP/s of \(peak.gigaflops.text), memory \(peak.memoryBandwidth.text) GB/s; \(session.threadCount) threads,"
        + " \(EngineInformation.current.selectedInstructionSet.rawValue); \(model.parameterCount) parameters,"
        + " \((multiplyAdds / 1e6).text) MMAC, load \(loadMilliseconds.text) ms,"
        + " arena \(model.plan.arenaByteCount / 1024) KiB")
    guard withLayers, let first = profiles.first else { return }
    for (index, layer) in first.layers.enumerated() {
      let time = milliseconds { $0.layers[index].nanoseconds }
      let share = 100 * time.median / total.median
      let speed = time.median > 0 ? 2e-6 * Double(layer.cost.multiplyAdds) / time.median : 0
      say(
        "\(time.median.text.padded(9)) ms  least \(time.least.text.padded(7)) ms \(share.text.padded(7)) % \(speed.text.padded(8)) GFLOP/s"
          + "  \(layer.name) \(layer.outputShape) \(layer.kernel)")
    }
    let least = first.layers.indices.reduce(0) { sum, index in
      sum + milliseconds { $0.layers[index].nanoseconds }.least
    }
    let remainder = milliseconds { $0.remainderNanoseconds }
    say("\(remainder.median.text.padded(9)) ms remainder; the layers' least times sum to \(least.text) ms")
  }

  private func milliseconds(_ part: (LayerProfile) -> UInt64) -> (median: Double, least: Double) {
    let sorted = profiles.map { Double(part($0)) / 1e6 }.sorted()
    return ((sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2, sorted[0])
  }
}

extension Double {
  /// The number with three digits behind the point.
  fileprivate var text: String {
    let thousandths = Int((self * 1000).rounded())
    let fraction = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
  }
}

extension String {
  /// The text, moved to the right end of `width` columns.
  fileprivate func padded(_ width: Int) -> String {
    String(repeating: " ", count: Swift.max(width - count, 0)) + self
  }
}
