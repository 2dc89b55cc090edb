import InferenceEngine

/// Predicts how long a model would run from the measured layers of another: the latency table of hardware-aware architecture search
/// (Cai et al., ProxylessNAS 2019; Wu et al., FBNet 2019), with the roofline between a table's entries.
public struct LatencyPredictor: Sendable {
  /// A layer of the model asked about.
  public struct Row: Sendable, Hashable, Codable {
    /// The graph's node and operator.
    public var name, type: String
    /// Milliseconds as predicted.
    public var predicted: Double
    /// Milliseconds as measured; nil before that.
    public var measured: Double?
  }

  private let profile: ModelProfile
  private let layers: [String: [ModelProfile.Layer]]

  /// Makes a table of a profile's layers.
  public init(_ profile: ModelProfile) {
    self.profile = profile
    layers = Dictionary(grouping: profile.layers, by: \.name)
  }

  /// Predicts each step of plans that run one after the other.
  ///
  /// A layer that the table has, by name, takes its time there in the ratio of the least times that the machine allows for the two
  /// sizes; one that it does not have takes as much more than its least time as the layers of its operator did, or as all did.
  public func rows(for models: [Model]) -> [Row] {
    models.flatMap(\.plan.steps).map { step in
      let least = leastTime(step.cost.multiplyAdds, step.cost.bytes)
      let known = layers[step.name]?.first { $0.type == step.operation } ?? layers[step.name]?.first
      let time: Double
      if let known, leastTime(known.multiplyAdds, known.bytes) > 0 {
        time = known.p50 * least / leastTime(known.multiplyAdds, known.bytes)
      } else {
        time = least * slowness(of: step.operation)
      }
      return Row(name: step.name, type: step.operation, predicted: time)
    }
  }

  /// What a run has beside its layers; it does not depend on their sizes.
  public var remainder: Double { profile.remainder.p50 }

  private func leastTime(_ multiplyAdds: Int, _ bytes: Int) -> Double {
    profile.peak.leastTime(multiplyAdds: multiplyAdds, bytes: bytes)
  }

  /// How many times their least time the layers of a type took.
  private func slowness(of type: String) -> Double {
    let same = profile.layers.filter { $0.type == type }
    let chosen = same.isEmpty ? profile.layers : same
    let least = chosen.reduce(0) { $0 + leastTime($1.multiplyAdds, $1.bytes) }
    return least > 0 ? chosen.reduce(0) { $0 + $1.p50 } / least : 1
  }
}

/// A model at another size: predicted from its layers, then measured.
public struct WhatIf: Sendable, Hashable, Codable {
  /// The factors of the images' sides and of the layers' widths.
  public var resolution, width: Double
  /// The medians in milliseconds: as it is, as predicted, and as measured; nil before that.
  public var base, predicted: Double
  public var measured: Double?
  /// The multiply-adds and weights at the new size.
  public var multiplyAdds, parameters: Int
  /// The layers at the new size.
  public var rows: [LatencyPredictor.Row]

  /// By how much the prediction is off, as a share of what was measured; nil before that.
  public var error: Double? { measured.map { $0 > 0 ? predicted / $0 - 1 : 0 } }

  /// Predicts.
  public init(
    _ models: [Model], resolution: Double, width: Double, from profile: ModelProfile
  ) {
    let predictor = LatencyPredictor(profile)
    self.resolution = resolution
    self.width = width
    rows = predictor.rows(for: models)
    base = profile.endToEnd.p50
    predicted = rows.reduce(predictor.remainder) { $0 + $1.predicted }
    multiplyAdds = models.reduce(0) { $0 + $1.cost.multiplyAdds }
    parameters = models.reduce(0) { $0 + $1.parameterCount }
  }

  /// Adds what was measured.
  public mutating func compare(with profile: ModelProfile) {
    measured = profile.endToEnd.p50
    for (index, layer) in zip(rows.indices, profile.layers) { rows[index].measured = layer.p50 }
  }
}

extension WhatIf {
  /// The answer as text, a line for each layer that changes.
  public var text: String {
    let format = ProfileTable.format
    var lines = [
      "resolution x\(format(resolution, 2)), width x\(format(width, 2)): \(format(Double(multiplyAdds) / 1e6, 1)) MMAC, "
        + "\(parameters) parameters",
      "now \(format(base, 3)) ms, predicted \(format(predicted, 3)) ms"
        + (measured.map {
          ", measured \(format($0, 3)) ms, predictor's error \(format(100 * (error ?? 0), 1)) %"
        }
          ?? ""),
      "",
      ["predicted", "measured"].map { ProfileTable.pad($0, 11) }.joined() + "  layer",
    ]
    lines += rows.map { row in
      [format(row.predicted, 4), row.measured.map { format($0, 4) } ?? "-"].map { ProfileTable.pad($0, 11) }
        .joined() + "  \(row.type) \(ProfileTable.visible(row.name))"
    }
    return lines.joined(separator: "\n")
  }
}
