import ArgumentParser
import InferenceEngine
import Networks
import Profiling

/// The installed models.
struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models", abstract: "List the installed models: size, cost, licence, measured latency.")

  @Flag(help: "Print JSON.")
  var json = false

  @Option(help: "Runs that are measured of each; 0 measures nothing.")
  var runs = 10

  private struct Entry: Encodable {
    var name, summary, licence: String
    var parameters, multiplyAdds, bytes: Int
    /// The median of a run in milliseconds, by the number of threads.
    var latency: [String: Double]
  }

  func validate() throws {
    if !(0...100_000).contains(runs) { throw ValidationError("--runs must be from 0 to 100000") }
  }

  func run() throws {
    let entries = try NetworkRegistry.installed().map { network in
      let argument = try ModelArgument(network.name)
      var latency: [String: Double] = [:]
      for threads in Set([1, Session.defaultThreadCount]) where runs > 0 {
        let profiler = ModelProfiler(runs: runs, warmUp: 3, threads: threads)
        let parts = try argument.parts(photo: nil)
        let measured = try Failure.mapping { try profiler.measure(parts, name: network.name) }
        latency["\(threads)"] = measured.profile.endToEnd.p50
      }
      return Entry(
        name: network.name, summary: network.summary, licence: network.licence,
        parameters: argument.models.reduce(0) { $0 + $1.parameterCount },
        multiplyAdds: argument.models.reduce(0) { $0 + $1.cost.multiplyAdds }, bytes: network.byteCount,
        latency: latency)
    }
    if json { return print(try JSONText.encode(entries)) }
    guard !entries.isEmpty else { return print("no models are installed") }
    for entry in entries {
      let times = entry.latency.sorted { (Int($0.key) ?? 0) < (Int($1.key) ?? 0) }
        .map { "\(milliseconds($0.value)) ms with \($0.key) thread\($0.key == "1" ? "" : "s")" }
      print("\(entry.name)  \(entry.summary)")
      print(
        "  \(millions(entry.parameters)) M parameters, \(millions(entry.multiplyAdds)) MMAC, "
          + "\(millions(entry.bytes)) MB; licence: \(entry.licence)")
      if !times.isEmpty { print("  " + times.joined(separator: ", ")) }
    }
  }

  private func millions(_ count: Int) -> String { "\(Double(count / 10_000) / 100)" }
  private func milliseconds(_ time: Double) -> String { "\((time * 100).rounded() / 100)" }
}
