import Profiling

/// What can happen to measurements: what the user asks for, and reports of what came of it.
public enum ProfilingAction: Sendable {
  /// Start the benchmark, or on its page the measurement of a what-if; stop it when it runs.
  case run
  case switchThreads
  case switchInstructionSet
  case switchSubject
  /// Keep the newest profile to compare later ones with.
  case keepBaseline

  case switchPage(backward: Bool)
  case toggleWide
  case moveColumns(Int)
  case switchFeatureView
  case changeQuestion(resolution: Int, width: Int)

  case decoded(path: String, milliseconds: Double)
  case terminalAnswered(milliseconds: Double)
  case benchmarked(BenchmarkReport)
  case inspected(generation: Int, InspectedLayer)
  case answered(generation: Int, WhatIf)
  case notAnswered(generation: Int, message: String)

  /// Whether this comes from an effect and not from the user.
  var isReport: Bool {
    switch self {
    case .decoded, .terminalAnswered, .benchmarked, .inspected, .answered, .notAnswered: true
    default: false
    }
  }
}

/// What measurements ask the world to do.
public enum ProfilingEffect: Sendable {
  /// Measure; another request, or a stop, ends this one.
  case benchmark(BenchmarkRequest)
  case stop
  case inspect(InspectionRequest)
  case whatIf(WhatIfRequest)
}
