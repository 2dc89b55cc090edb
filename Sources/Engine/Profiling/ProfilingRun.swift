import InferenceEngine
import Tensors

/// A measurement under way: runs one after the other, with a summary at any time.
///
///     let run = try ProfilingRun([.init(model)], name: "model", warmUp: 5, threads: 2)
///     while run.countedRuns < 50 { try run.next() }
///     run.profile().endToEnd.p50
///
/// It belongs to one thread at a time.
public final class ProfilingRun {
  /// What is measured.
  public let name: String
  /// Runs at the beginning that do not count.
  public let warmUp: Int
  private let sessions: [Session]
  private let measured: MeasuredSession
  private let peak: MachinePeak
  private var times: RecordedTimes

  /// Allocates sessions and fills their inputs.
  ///
  /// - Throws: `InferenceError` when an input does not fit or a step fails.
  public init(_ parts: [ModelProfiler.Part], name: String, warmUp: Int, threads: Int) throws {
    precondition(!parts.isEmpty && warmUp >= 0, "Nothing to measure")
    self.name = name
    self.warmUp = warmUp
    sessions = parts.map { Session($0.model, threads: threads) }
    measured = MeasuredSession(sessions)
    peak = MachinePeak.known(measured.instructionSet, threads: measured.threads)
    times = RecordedTimes(stepCount: measured.steps.count)
    for (part, session) in zip(parts, sessions) {
      // Fills the inputs' buffers, from which every later run reads again.
      _ = try session.run(part.completeInputs)
    }
  }

  /// The counted runs so far.
  public var countedRuns: Int { times.endToEnd.count }
  /// The runs so far that do not count.
  public var warmUpRunsDone: Int { times.warmUp.count }

  /// Runs everything once more.
  ///
  /// - Throws: `InferenceError.step` when a step fails.
  public func next() throws {
    for session in sessions { try session.run() }
    times.record(sessions, isWarmUp: times.warmUp.count < warmUp)
  }

  /// Where the last run's time went.
  public var lastRun: LayerProfile {
    sessions.dropFirst().reduce(sessions[0].profile) { $0 + $1.profile }
  }

  /// Summarises the counted runs, one at least.
  ///
  /// - Parameter effort: About how many numbers may be sorted for quantiles: with more runs than that allows, the newest
  ///   make them. Summaries that are shown while a measurement goes on keep it small.
  public func profile(effort: Int = .max) -> ModelProfile {
    let window = effort == .max ? .max : max(effort / (measured.steps.count + 2), 16)
    return ModelProfile(model: name, measured, times, peak: peak, quantileWindow: window)
  }

  /// Measures what taking the time of each step costs, by turns with and without: the medians' ratio less one.
  ///
  /// - Throws: `InferenceError.step` when a step fails.
  public func overhead(runs: Int) throws -> Double {
    defer { for session in sessions { session.timesLayers = true } }
    var (with, without): ([Double], [Double]) = ([], [])
    for index in 0..<2 * runs {
      // Pairs begin by turns with the one and the other, so that drift favours neither.
      let isTimed = (index % 2 == 0) != (index / 2 % 2 == 0)
      for session in sessions {
        session.timesLayers = isTimed
        try session.run()
      }
      let total = Double(sessions.reduce(0) { $0 + $1.endToEndNanoseconds })
      if isTimed { with.append(total) } else { without.append(total) }
    }
    return RunStatistics(with).p50 / RunStatistics(without).p50 - 1
  }
}
