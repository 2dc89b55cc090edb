import ArgumentParser
import InferenceEngine
import Profiling

/// What a model would cost at another size.
struct WhatIfCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "what-if",
    abstract: "Predict a model's latency at another resolution or width, then measure it.",
    discussion: """
      The prediction is made from the measured layers of the model as it is: each takes its time in the ratio of the \
      least times that this machine allows for both sizes. MODEL is an installed model, default, or a model file.
      """)

  @Argument(help: "The model.")
  var model: String

  @Option(help: "The factor of the sides of image inputs.")
  var resolution = 1.0

  @Option(help: "The factor of the channels of layers.")
  var width = 1.0

  @Option(help: "Runs that are measured.")
  var runs = 50

  @Option(help: "Threads of a run.")
  var threads: Int = Session.defaultThreadCount

  @Option(
    help: ArgumentHelp("The shape of an input that the file leaves open.", valueName: "name=1x3x320x320"))
  var shape: [String] = []

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard (0.05...8).contains(resolution), (0.05...8).contains(width) else {
      throw ValidationError("--resolution and --width must be from 0.05 to 8")
    }
    guard (1...100_000).contains(runs), (1...1024).contains(threads) else {
      throw ValidationError("--runs must be from 1 to 100000 and --threads from 1 to 1024")
    }
  }

  func run() throws {
    let chosen = try ModelArgument(model, shapes: shape)
    let profiler = ModelProfiler(runs: runs, warmUp: 5, threads: threads)
    let base = try Failure.mapping {
      try profiler.measure(chosen.models.map { ModelProfiler.Part($0) }, name: chosen.name).profile
    }
    let models: [Model]
    do {
      models = try chosen.scaled(resolution: resolution, width: width, instructionSet: .selected)
    } catch {
      throw Failure(.badData, "\(model): \(error)")
    }
    var answer = WhatIf(models, resolution: resolution, width: width, from: base)
    answer.compare(
      with: try Failure.mapping {
        try profiler.measure(models.map { ModelProfiler.Part($0) }, name: chosen.name).profile
      })
    print(json ? try JSONText.encode(answer) : answer.text)
  }
}
