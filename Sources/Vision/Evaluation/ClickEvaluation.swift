import Images
import VisionTasks

/// How well a network follows simulated clicks, over many objects.
public struct ClickEvaluation: Sendable {
  /// What is wanted of a run.
  public struct Options: Sendable {
    /// Clicks given for one object at most.
    public var maximumClicks: Int
    /// Clicks given at least, whatever is reached, so that means are over all objects.
    public var minimumClicks = 5
    /// No further clicks are given once this intersection over union is reached.
    public var target = 0.90

    /// Makes options.
    public init(maximumClicks: Int = 20) { self.maximumClicks = maximumClicks }
  }

  /// What happened with one object.
  public struct Trial: Sendable {
    /// The intersection over union after each click.
    public var intersectionsOverUnion: [Double] = []
    /// How long each click took from prompts to mask, in milliseconds.
    public var milliseconds: [Double] = []
  }

  /// The options of the run.
  public let options: Options
  /// The objects in the order in which they were tried.
  public private(set) var trials: [Trial] = []

  /// Makes an evaluation without trials yet.
  public init(_ options: Options = Options()) { self.options = options }

  /// Gives clicks for one object until it is found or the clicks are used up.
  ///
  /// - Parameters:
  ///   - firstClick: The first click; nil for the simulated one.
  ///   - segment: What is evaluated: prompts and the answer before them, nil at first, to an answer.
  /// - Throws: What `segment` throws.
  public mutating func tryObject(
    _ object: LabelledObject, firstClick: Click? = nil,
    isolation: isolated (any Actor)? = #isolation,
    segment: (ClickPrompts, Segmentation?) async throws -> Segmentation
  ) async throws {
    var simulator = ClickSimulator(object)
    var trial = Trial()
    var prompts = ClickPrompts()
    var answer: Segmentation?
    while trial.intersectionsOverUnion.count < options.maximumClicks, !isFinished(trial) {
      let given = prompts.clicks.isEmpty ? firstClick : nil
      guard let click = given ?? simulator.nextClick(on: answer?.mask.whole) else { break }
      if given != nil { simulator.note(click) }
      prompts.clicks.append(click)
      let next = try await segment(prompts, answer)
      trial.intersectionsOverUnion.append(object.intersectionOverUnion(with: next.mask.whole))
      trial.milliseconds.append(next.latency.total)
      answer = next
    }
    trials.append(trial)
  }

  private func isFinished(_ trial: Trial) -> Bool {
    trial.intersectionsOverUnion.count >= options.minimumClicks
      && trial.intersectionsOverUnion.contains { $0 >= options.target }
  }

  /// Returns the mean intersection over union after a number of clicks; a trial that needed fewer counts with its
  /// last.
  public func meanIntersectionOverUnion(afterClicks clicks: Int) -> Double {
    mean { trial in
      let reached = trial.intersectionsOverUnion
      return reached.isEmpty ? 0 : reached[min(clicks, reached.count) - 1]
    }
  }

  /// Returns the mean number of clicks (NoC) that reach an intersection over union; one never reached counts as the
  /// maximum.
  public func meanClicks(toReach target: Double) -> Double {
    mean { trial in
      let first = trial.intersectionsOverUnion.firstIndex { $0 >= target }
      return Double(first.map { $0 + 1 } ?? options.maximumClicks)
    }
  }

  /// Returns the number of objects for which an intersection over union was never reached.
  public func failures(toReach target: Double) -> Int {
    trials.count { trial in !trial.intersectionsOverUnion.contains { $0 >= target } }
  }

  /// The share of clicks after an object's first that did not make the mask worse, in 0...1.
  public var harmlessShare: Double {
    var steps = 0
    var harmless = 0
    for trial in trials {
      for (before, after) in zip(trial.intersectionsOverUnion, trial.intersectionsOverUnion.dropFirst()) {
        steps += 1
        harmless += after >= before ? 1 : 0
      }
    }
    return steps == 0 ? 1 : Double(harmless) / Double(steps)
  }

  /// The median time from prompts to mask, in milliseconds.
  public var medianMilliseconds: Double {
    let sorted = trials.flatMap(\.milliseconds).sorted()
    guard !sorted.isEmpty else { return 0 }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  private func mean(_ value: (Trial) -> Double) -> Double {
    trials.isEmpty ? 0 : trials.reduce(0) { $0 + value($1) } / Double(trials.count)
  }
}
