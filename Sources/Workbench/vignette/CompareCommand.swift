import ArgumentParser
import Foundation
import InferenceEngine
import Profiling

/// Two measurements side by side.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Compare two models, or a model with a saved profile, layer by layer.",
    discussion: """
      A and B are installed models, default, ONNX or TFLite files, or profiles saved from `vignette profile --json`. \
      Two numbers of threads compare one with the other. A difference is called slower or faster when it would come by \
      chance less than once in a hundred times (Welch's test).
      """)

  @Argument(help: "What is compared.")
  var left: String

  @Argument(help: "What it is compared with.")
  var right: String

  @Option(help: "Runs that are measured of each.")
  var runs = 50

  @Option(help: ArgumentHelp("Threads of both, or of A and of B.", valueName: "1,2"))
  var threads: String?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if !(2...100_000).contains(runs) { throw ValidationError("--runs must be from 2 to 100000") }
    _ = try threadCounts()
  }

  func run() throws {
    let counts = try threadCounts()
    let profiles = try [(left, counts.0), (right, counts.1)].map { try profile($0.0, threads: $0.1) }
    let comparison = ProfileComparison(profiles[0], profiles[1])
    print(json ? try JSONText.encode(comparison) : comparison.text)
  }

  private func threadCounts() throws -> (Int, Int) {
    guard let threads else { return (Session.defaultThreadCount, Session.defaultThreadCount) }
    let counts = threads.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    guard (1...2).contains(counts.count), counts.allSatisfy({ (1...1024).contains($0) }) else {
      throw ValidationError("--threads must be one or two numbers from 1 to 1024, as 1,2")
    }
    return (counts[0], counts[counts.count - 1])
  }

  private func profile(_ text: String, threads: Int) throws -> ModelProfile {
    if text.hasSuffix(".json") {
      guard let data = FileManager.default.contents(atPath: text) else {
        throw Failure(.noInput, "\(text): cannot be read; give a profile saved by vignette profile --json")
      }
      do {
        return try JSONDecoder().decode(ModelProfile.self, from: data)
      } catch {
        throw Failure(.badData, "\(text): is no profile; save one with vignette profile MODEL --json")
      }
    }
    let parts = try ModelArgument(text).parts(photo: nil)
    let profiler = ModelProfiler(runs: runs, warmUp: 5, threads: threads)
    return try Failure.mapping { try profiler.measure(parts, name: text).profile }
  }
}
