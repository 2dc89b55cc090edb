import Foundation
import InferenceEngine
import Tensors

/// Measures models: runs that warm up and are not counted, then runs that are.
public struct ModelProfiler {
  /// One graph that runs, with what it is given.
  public struct Part {
    /// The compiled model.
    public var model: Model
    /// The inputs, by name; random ones where they are missing.
    public var inputs: [String: Tensor]

    /// Makes a part of a measurement.
    public init(_ model: Model, inputs: [String: Tensor] = [:]) {
      self.model = model
      self.inputs = inputs
    }
  }

  /// What a measurement gives: the summary, and each counted run for a trace.
  public struct Measurement {
    /// All counted runs together.
    public var profile: ModelProfile
    /// Each counted run.
    public var runs: [LayerProfile]
  }

  /// Runs that are not counted.
  public var warmUp: Int
  /// Runs that are.
  public var runs: Int
  /// The threads of each run.
  public var threads: Int

  /// Makes a profiler.
  public init(runs: Int = 50, warmUp: Int = 5, threads: Int = Session.defaultThreadCount) {
    self.runs = runs
    self.warmUp = warmUp
    self.threads = threads
  }

  /// Measures parts that run one after the other.
  ///
  /// - Parameter name: what the report calls them.
  /// - Throws: `InferenceError` when an input does not fit or a step fails.
  public func measure(_ parts: [Part], name: String) throws -> Measurement {
    precondition(runs > 0 && !parts.isEmpty, "Nothing to measure")
    let sessions = parts.map { Session($0.model, threads: threads) }
    for (part, session) in zip(parts, sessions) {
      // Fills the inputs' buffers, from which every later run reads again.
      _ = try session.run(Self.inputs(of: part))
    }
    for _ in 0..<warmUp { for session in sessions { try session.run() } }
    var profiles: [LayerProfile] = []
    profiles.reserveCapacity(runs)
    for _ in 0..<runs {
      for session in sessions { try session.run() }
      let all = sessions.map(\.profile)
      profiles.append(all.dropFirst().reduce(all[0], +))
    }
    return Measurement(
      profile: ModelProfile(
        model: name, sessions: sessions.map { MeasuredSession($0) }, profiles: profiles, warmUp: warmUp),
      runs: profiles)
  }

  /// Returns the given inputs, and for the others numbers that are the same in each process: from -1 to 1, zeros of integers.
  private static func inputs(of part: Part) -> [String: Tensor] {
    var state: UInt32 = 1
    return part.model.inputs.reduce(into: [:]) { inputs, input in
      if let given = part.inputs[input.name] {
        inputs[input.name] = given
      } else if input.type.elementType == .float32 {
        inputs[input.name] = Tensor(
          input.type.shape,
          elements: (0..<input.type.shape.elementCount).map { _ in
            // A linear congruential generator with the constants of Numerical Recipes.
            state = state &* 1_664_525 &+ 1_013_904_223
            return Float(state >> 8) / Float(1 << 23) - 1
          })
      } else {
        inputs[input.name] = Tensor(input.type.shape, elementType: input.type.elementType)
      }
    }
  }
}
