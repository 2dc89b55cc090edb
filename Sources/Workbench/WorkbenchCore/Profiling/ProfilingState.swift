import Images
import InferenceEngine
import Profiling

/// What the workbench knows of measurements: what is measured and how, what came of it, and how it is looked at.
public struct ProfilingState: Sendable {
  /// What the layers pane shows.
  public enum Page: String, CaseIterable, Sendable {
    case layers = "Layers"
    case clicks = "Click budget"
    case compare = "Compare"
    case whatIf = "What if"
  }

  /// What ran when the layers were measured.
  public enum Source: Equatable, Sendable {
    case click
    case benchmark(subject: Int)
  }

  /// The models that can be measured, by name; the first is measured first.
  public let subjects: [String]
  /// Places of models that are measured as soon as the workbench opens.
  public let startsAtOnce: Bool
  public internal(set) var page = Page.layers
  /// Whether the pane takes most of the screen, for all its columns.
  public internal(set) var isWide = false
  /// Columns of numbers that are scrolled out at the left.
  public internal(set) var firstColumn = 0

  public internal(set) var settings: BenchmarkSettings
  public internal(set) var benchmark = Benchmark()
  public internal(set) var source = Source.click
  /// The benchmark that ended last.
  public internal(set) var finished: ModelProfile?
  /// What newer profiles are compared with: what the user kept, else the benchmark before the last.
  public internal(set) var baseline: ModelProfile?
  public internal(set) var isBaselineKept = false
  /// What `keep-profile` keeps; nil before anything was measured.
  var profileToKeep: ModelProfile? { benchmark.profile ?? finished }
  public internal(set) var comparison: ProfileComparison?

  public internal(set) var clicks = ClickHistory()
  /// Milliseconds that decoding each picture took.
  var decodeTimes: [String: Double] = [:]

  public internal(set) var inspection: InspectedLayer?
  var wantedInspection: InspectionRequest?
  /// How feature maps are shown in place of the picture; nil for the picture.
  public internal(set) var featureView: FeatureView?

  public internal(set) var question = WhatIfQuestion()
  public internal(set) var answer: WhatIf?
  public internal(set) var answerNote: String?
  /// Counts requests; reports of older ones are not shown.
  public internal(set) var requestCount = 0

  /// - Parameters:
  ///   - baseline: A saved profile to compare with.
  ///   - startsAtOnce: Whether the first model is measured as soon as the workbench opens.
  public init(
    subjects: [String], threads: Int = Session.defaultThreadCount, baseline: ModelProfile? = nil,
    startsAtOnce: Bool = false
  ) {
    self.subjects = subjects
    self.baseline = baseline
    self.startsAtOnce = startsAtOnce
    isBaselineKept = baseline != nil
    isWide = startsAtOnce
    settings = BenchmarkSettings(threads: threads)
  }
}

/// What a benchmark measures and how.
public struct BenchmarkSettings: Equatable, Sendable {
  /// The place of the model.
  public var subject = 0
  public var threads: Int
  public var instructionSet = InstructionSet.selected
  public var runs = 200
  public var warmUp = 10
}

/// A benchmark under way or done.
public struct Benchmark: Equatable, Sendable {
  public enum Phase: Equatable, Sendable {
    case none
    case preparing
    case running
    case finished
    case stopped
    case failed(String)
  }

  public var phase = Phase.none
  /// Runs that warm up and runs that count, so far.
  public var warmUpDone = 0
  public var runsDone = 0
  /// All counted runs so far together; nil before the first.
  public var profile: ModelProfile?

  public init(phase: Phase = .none) { self.phase = phase }

  public var isUnderWay: Bool { phase == .preparing || phase == .running }
}

/// A benchmark to run.
public struct BenchmarkRequest: Equatable, Sendable {
  public var generation: Int
  public var settings: BenchmarkSettings
  /// A photo for models that take one; random numbers otherwise.
  public var photo: Image?
}

/// News of a benchmark.
public struct BenchmarkReport: Sendable {
  public var generation: Int
  public var benchmark: Benchmark

  public init(generation: Int, benchmark: Benchmark) {
    self.generation = generation
    self.benchmark = benchmark
  }
}

/// How feature maps are shown.
public enum FeatureView: String, CaseIterable, Equatable, Sendable {
  case grid = "channels"
  case mean
  case strongest = "arg-max"
  case overlay

  /// The view after this one; nil, the picture, after the last.
  public var next: FeatureView? {
    let all = Self.allCases
    guard let index = all.firstIndex(of: self), index + 1 < all.count else { return nil }
    return all[index + 1]
  }
}

/// A layer to look into.
public struct InspectionRequest: Equatable, Sendable {
  public var generation: Int
  public var layer: String
  public var source: ProfilingState.Source
  /// Whether the layer's result is wanted too.
  public var wantsFeatures: Bool
}

/// What was found in a layer.
public struct InspectedLayer: Sendable {
  public var facts: LayerInspection
  /// The layer's result in the last run; nil when it was not asked for or is no image.
  public var features: FeatureMap?
  /// The part of the picture that the result is of.
  public var crop: PixelRect?
  /// Why there are no features.
  public var note: String?

  public init(
    facts: LayerInspection, features: FeatureMap? = nil, crop: PixelRect? = nil, note: String? = nil
  ) {
    self.facts = facts
    self.features = features
    self.crop = crop
    self.note = note
  }
}

/// Sizes at which a model's latency is asked for.
public struct WhatIfQuestion: Equatable, Sendable {
  /// The factors that can be chosen.
  public static let factors = [0.25, 0.35, 0.5, 0.75, 1, 1.25, 1.5, 2]

  public var resolution = 0.75
  public var width = 1.0

  /// The neighbour of a factor.
  static func step(_ factor: Double, by steps: Int) -> Double {
    let index = factors.firstIndex(of: factor) ?? 4
    return factors[(index + steps).clamped(to: 0...(factors.count - 1))]
  }
}

/// A model to predict and measure at another size.
public struct WhatIfRequest: Sendable {
  public var generation: Int
  public var question: WhatIfQuestion
  public var settings: BenchmarkSettings
  /// The measured layers that the prediction is made from.
  public var profile: ModelProfile
}
