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
      Two numbers of threads, or two instruction sets, compare one with the other. A difference is called slower or faster when it would come by \
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

  @Option(help: ArgumentHelp("Instruction set of both, or of A and of B.", valueName: "avx2,portable"))
  var isa: String?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if !(2...100_000).contains(runs) { throw ValidationError("--runs must be from 2 to 100000") }
    _ = try threadCounts()
    _ = try instructionSets()
  }

  func run() throws {
    let counts = try threadCounts()
    let sets = try instructionSets()
    let profiles = [
      try profile(left, threads: counts.0, sets.0), try profile(right, threads: counts.1, sets.1),
    ]
    let comparison = ProfileComparison(profiles[0], profiles[1])
    print(json ? try JSONText.encode(comparison) : comparison.text)
  }

  private func instructionSets() throws -> (InstructionSet, InstructionSet) {
    guard let isa else { return (.selected, .selected) }
    let sets = try InstructionSet.list(isa)
    guard sets.count <= 2 else { throw ValidationError("--isa takes one or two names, as avx2,portable") }
    return (sets[0], sets[sets.count - 1])
  }

  private func threadCounts() throws -> (Int, Int) {
    guard let threads else { return (Session.defaultThreadCount, Session.defaultThreadCount) }
    let counts = threads.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    guard (1...2).contains(counts.count), counts.allSatisfy({ (1...1024).contains($0) }) else {
      throw ValidationError("--threads must be one or two numbers from 1 to 1024, as 1,2")
    }
    return (counts[0], counts[counts.count - 1])
  }

  private func profile(_ text: String, threads: Int, _ set: InstructionSet) throws -> ModelProfile {
    if text.hasSuffix(".json") { return try OpenArguments.savedProfile(text) }
    let parts = try ModelArgument(text).parts(photo: nil, for: set)
    let profiler = ModelProfiler(runs: runs, warmUp: 5, threads: threads)
    return try Failure.mapping { try profiler.measure(parts, name: text).profile }
  }
}
