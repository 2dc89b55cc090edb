import Foundation
import InferenceEngine
import Tensors

/// Measures models: runs that warm up and are not counted, then runs that are.
public struct ModelProfiler {
  /// One graph that runs, with what it is given.
  public struct Part: Sendable {
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
    /// Each counted run, if they were asked for.
    public var runs: [LayerProfile]
    /// What taking the time of each layer adds to a run, as a share; nil unless it was asked for.
    public var overhead: Double?
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
  /// - Parameters:
  ///   - name: what the report calls them.
  ///   - keepsRuns: whether each run is returned too.
  ///   - measuresOverhead: whether as many runs follow with and without the time of each layer.
  /// - Throws: `InferenceError` when an input does not fit or a step fails.
  public func measure(
    _ parts: [Part], name: String, keepsRuns: Bool = false, measuresOverhead: Bool = false
  ) throws -> Measurement {
    precondition(runs > 0, "Nothing to measure")
    let run = try ProfilingRun(parts, name: name, warmUp: warmUp, threads: threads)
    var profiles: [LayerProfile] = []
    for index in 0..<warmUp + runs {
      try run.next()
      if keepsRuns, index >= warmUp { profiles.append(run.lastRun) }
    }
    return Measurement(
      profile: run.profile(), runs: profiles, overhead: measuresOverhead ? try run.overhead(runs: runs) : nil)
  }
}

extension ModelProfiler.Part {
  /// The given inputs, and for the others numbers that are the same in each process: from -1 to 1, zeros of integers.
  var completeInputs: [String: Tensor] {
    var state: UInt32 = 1
    return model.inputs.reduce(into: [:]) { inputs, input in
      if let given = self.inputs[input.name] {
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
