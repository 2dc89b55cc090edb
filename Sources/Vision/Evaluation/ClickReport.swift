/// The figures of an evaluation with clicks, as `vignette evaluate clicks --json` prints them.
public struct ClickReport: Sendable, Codable, Equatable {
  /// The number of objects tried.
  public var objects: Int
  /// The mean intersection over union, by number of clicks.
  public var meanIoU: [String: Double]
  /// The mean number of clicks that reach 0.85 and 0.90.
  public var noc85, noc90: Double
  /// Objects that never reach 0.90.
  public var failures90: Int
  /// The share of further clicks that did not make the mask worse.
  public var harmlessShare: Double
  /// The median time from prompts to mask.
  public var medianMilliseconds: Double
  /// First clicks of the list that lie on no object; those objects got the simulated click.
  public var unmatchedFirstClicks: Int

  /// Sums up an evaluation.
  public init(_ evaluation: ClickEvaluation, unmatchedFirstClicks: Int = 0) {
    objects = evaluation.trials.count
    let counts = [1, 3, 5].filter { $0 <= evaluation.options.maximumClicks }
    meanIoU = Dictionary(
      uniqueKeysWithValues: counts.map { ("\($0)", evaluation.meanIntersectionOverUnion(afterClicks: $0)) })
    noc85 = evaluation.meanClicks(toReach: 0.85)
    noc90 = evaluation.meanClicks(toReach: 0.90)
    failures90 = evaluation.failures(toReach: 0.90)
    harmlessShare = evaluation.harmlessShare
    medianMilliseconds = evaluation.medianMilliseconds
    self.unmatchedFirstClicks = unmatchedFirstClicks
  }
}
