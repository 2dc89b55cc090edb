import ArgumentParser
import Foundation
import Images
import InferenceEngine
import Profiling

/// Where a model's time goes, layer by layer, without a workbench.
struct ProfileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile", abstract: "Measure a model layer by layer.",
    discussion: """
      MODEL is an installed model, default, or an ONNX or TFLite file. Inputs are random unless --input names a \
      photo. Times are milliseconds; the layers and the remainder add up to the end-to-end time. With several \
      numbers of threads each is measured; JSON is then a list.
      """)

  @Argument(help: "The model.")
  var model: String

  @Option(help: "A photo for the model's image input, scaled to its size.")
  var input: String?

  @Option(help: "Runs that are measured.")
  var runs = 50

  @Option(help: "Runs before, which are not.")
  var warmUp = 5

  @Option(help: ArgumentHelp("Threads; several numbers are measured in turn.", valueName: "1,2"))
  var threads: String?

  @Option(help: ArgumentHelp("The instruction set of the kernels.", valueName: "avx2"))
  var isa: String?

  @Option(
    help: ArgumentHelp("The shape of an input that the file leaves open.", valueName: "name=1x3x320x320"))
  var shape: [String] = []

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Print comma-separated values.")
  var csv = false

  @Flag(help: "Print a table, which is the default.")
  var table = false

  @Option(help: "Write a trace for Perfetto or chrome://tracing to this file.")
  var trace: String?

  @Flag(help: "Say what taking the time of each layer costs, from as many runs with and without.")
  var overhead = false

  func validate() throws {
    guard (1...100_000).contains(runs), (0...100_000).contains(warmUp) else {
      throw ValidationError("--runs must be from 1 and --warm-up from 0 to 100000")
    }
    if [json, csv, table].count(where: { $0 }) > 1 {
      throw ValidationError("give one of --json, --csv, --table")
    }
    _ = try threadCounts()
    if let isa, try InstructionSet.list(isa).count > 1 { throw ValidationError("--isa takes one name") }
    if trace != nil || csv, try threadCounts().count > 1 {
      throw ValidationError("--trace and --csv take one number of threads")
    }
  }

  func run() throws {
    let chosen = try ModelArgument(model, shapes: shape)
    let photo = try input.map { path in try Failure.mapping { try ImageFile.load(path) } }
    let parts = try chosen.parts(
      photo: photo, for: try isa.map { try InstructionSet.list($0)[0] } ?? .selected)
    var profiles: [ModelProfile] = []
    for count in try threadCounts() {
      let profiler = ModelProfiler(runs: runs, warmUp: warmUp, threads: count)
      let measurement = try Failure.mapping {
        try profiler.measure(
          parts, name: chosen.name, keepsRuns: trace != nil, measuresOverhead: overhead)
      }
      profiles.append(measurement.profile)
      if let share = measurement.overhead {
        let percent = String(format: "%.2f", 100 * share)
        Diagnostics.report("taking the time of each layer adds \(percent) % to a run, \(count) threads")
      }
      if let trace { try Self.write(try ChromeTrace.json(measurement.runs, model: chosen.name), to: trace) }
    }
    if json {
      print(profiles.count == 1 ? try JSONText.encode(profiles[0]) : try JSONText.encode(profiles))
    } else if csv {
      print(ProfileValues.commaSeparated(profiles[0]))
    } else {
      print(profiles.map { ProfileTable.text($0) }.joined(separator: "\n\n"))
    }
  }

  private func threadCounts() throws -> [Int] {
    guard let threads else { return [Session.defaultThreadCount] }
    let counts = threads.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard counts.allSatisfy({ $0.map { (1...1024).contains($0) } ?? false }) else {
      throw ValidationError("--threads must be numbers from 1 to 1024, as 1,2")
    }
    return counts.compactMap { $0 }
  }

  /// Writes a file whole or not at all.
  private static func write(_ data: Data, to path: String) throws(Failure) {
    do {
      try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw Failure(.cannotCreate, "\(path): cannot be written; choose another place for --trace")
    }
  }
}
