/// Two profiles side by side: the same layers aligned, and which of them got slower by more than chance.
public struct ProfileComparison: Sendable, Hashable, Codable {
  /// One layer of either profile. Times are means in milliseconds.
  public struct Row: Sendable, Hashable, Codable {
    /// The graph's node and operator.
    public var name, type: String
    /// The kernels; nil where a profile does not have the layer.
    public var leftKernel, rightKernel: String?
    /// The times.
    public var left, right: Double?
    /// Right less left, an absent layer counting nothing.
    public var difference: Double
    /// The probability of such a difference by chance, by Welch's test; nil where only one profile has the layer.
    public var probability: Double?

    /// Whether the difference is no chance (one in a hundred).
    public var isSignificant: Bool { probability.map { $0 < 0.01 } ?? true }
  }

  /// What was compared.
  public var left, right: String
  /// Rows in the order of the left profile, then what only the right one has.
  public var rows: [Row]
  /// The end-to-end means, and their difference's probability by chance.
  public var endToEnd: Row

  /// Aligns two profiles: layers of the same name and operator, and of several such in their order.
  public init(_ left: ModelProfile, _ right: ModelProfile) {
    self.left = "\(left.model), \(left.threads) threads, \(left.instructionSet)"
    self.right = "\(right.model), \(right.threads) threads, \(right.instructionSet)"
    var waiting: [String: [Int]] = [:]
    for (index, layer) in right.layers.enumerated().reversed() {
      waiting["\(layer.name)\u{0}\(layer.type)", default: []].append(index)
    }
    var matched: Set<Int> = []
    var rows = left.layers.map { layer -> Row in
      let other = waiting["\(layer.name)\u{0}\(layer.type)"]?.popLast()
      if let other { matched.insert(other) }
      return Row(layer, other.map { right.layers[$0] }, runs: (left.runs, right.runs))
    }
    for (index, layer) in right.layers.enumerated() where !matched.contains(index) {
      rows.append(Row(nil, layer, runs: (left.runs, right.runs)))
    }
    self.rows = rows
    endToEnd = Row(
      name: "end to end", type: "", left: left.endToEnd.mean, right: right.endToEnd.mean,
      difference: right.endToEnd.mean - left.endToEnd.mean,
      probability: WelchTest(left.endToEnd, right.endToEnd).probability)
  }

  /// The comparison as text, the layer that lost most time first.
  public var text: String {
    var lines = ["left   \(left)", "right  \(right)", ""]
    let header = ["left ms", "right ms", "change ms", "chance"]
    lines.append(header.map { ProfileTable.pad($0, 11) }.joined() + "  layer")
    for row in [endToEnd] + rows.sorted(by: { $0.difference > $1.difference }) {
      let chance = row.probability.map { $0 < 1e-4 ? "<0.0001" : ProfileTable.format($0, 4) } ?? "-"
      let cells = [
        row.left.map { ProfileTable.format($0, 4) } ?? "-",
        row.right.map { ProfileTable.format($0, 4) } ?? "-",
        (row.difference > 0 ? "+" : "") + ProfileTable.format(row.difference, 4), chance,
      ]
      let kernels =
        row.leftKernel == row.rightKernel
        ? "" : "  \(row.leftKernel ?? "-") -> \(row.rightKernel ?? "-")"
      let mark = row.isSignificant ? (row.difference > 0 ? " slower" : " faster") : ""
      lines.append(
        cells.map { ProfileTable.pad($0, 11) }.joined()
          + "  \(ProfileTable.visible(row.name)) \(row.type)\(kernels)\(mark)")
    }
    return lines.joined(separator: "\n")
  }
}

extension ProfileComparison.Row {
  fileprivate init(_ left: ModelProfile.Layer?, _ right: ModelProfile.Layer?, runs: (Int, Int)) {
    let test = left.flatMap { left in
      right.map { WelchTest(left.statistics(count: runs.0), $0.statistics(count: runs.1)) }
    }
    self.init(
      name: left?.name ?? right?.name ?? "", type: left?.type ?? right?.type ?? "", leftKernel: left?.kernel,
      rightKernel: right?.kernel, left: left?.mean, right: right?.mean,
      difference: (right?.mean ?? 0) - (left?.mean ?? 0), probability: test?.probability)
  }
}

extension ModelProfile.Layer {
  fileprivate func statistics(count: Int) -> RunStatistics {
    RunStatistics(count: count, mean: mean, standardDeviation: standardDeviation)
  }
}

extension RunStatistics {
  /// What a test of means needs, of measurements that were summarised elsewhere.
  fileprivate init(count: Int, mean: Double, standardDeviation: Double) {
    self.init(
      count: count, first: mean, last: mean, min: mean, max: mean, mean: mean, p50: mean, p95: mean,
      standardDeviation: standardDeviation)
  }
}
