import ArgumentParser
import Foundation
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
    print(table(entries).lines.joined(separator: "\n"))
  }

  private func table(_ entries: [Entry]) -> TextTable {
    let threads = Set(entries.flatMap { $0.latency.keys.compactMap(Int.init) }).sorted()
    let times = threads.map { ("ms, \($0) thread\($0 == 1 ? "" : "s")", TextTable.Alignment.right) }
    var table = TextTable(
      [("model", .left), ("M weights", .right), ("MMAC", .right), ("MB", .right)] + times
        + [("licence", .left), ("what it finds", .left)])
    for entry in entries {
      let latency = threads.map { entry.latency["\($0)"].map { decimal($0, 2) } ?? "" }
      table.add(
        [
          entry.name, decimal(Double(entry.parameters) / 1e6, 2),
          decimal(Double(entry.multiplyAdds) / 1e6, 0),
          decimal(Double(entry.bytes) / 1e6, 2),
        ] + latency + [entry.licence, entry.summary])
    }
    return table
  }

  private func decimal(_ number: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", number) }
}
