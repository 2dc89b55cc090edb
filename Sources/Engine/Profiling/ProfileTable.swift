/// A profile as text: the tables that people know from TFLite's benchmark tool (`stats_calculator.cc`), with what this engine
/// knows besides between "times called" and the name.
public enum ProfileTable {
  /// Rows of the tables that show the top alone.
  private static let topCount = 10

  /// Returns the header, the layers in the order in which they run, the slowest, the largest, the sums by type, and the
  /// timings of whole runs.
  public static func text(_ profile: ModelProfile) -> String {
    let byTime = ordered(profile, descending: \.mean)
    let byMemory = ordered(profile, descending: { Double($0.outputBytes) })
    return
      (header(profile) + [""] + section("Run Order", profile, Array(profile.layers.indices), remainder: true)
      + section("Top by Computation Time", profile, Array(byTime.prefix(topCount)))
      + section("Top by Memory Use", profile, Array(byMemory.prefix(topCount)))
      + ["Number of nodes executed: \(profile.layers.count)"] + byType(profile) + timings(profile))
      .joined(separator: "\n")
  }

  /// What was measured, where and how, and what is to be said of the runs.
  static func header(_ profile: ModelProfile) -> [String] {
    let machine = profile.machine
    let total = profile.endToEnd
    var lines = [
      "\(visible(profile.model)): \(format(total.mean, 3)) ms mean, p50 \(format(total.p50, 3)), "
        + "p95 \(format(total.p95, 3)), least \(format(total.min, 3)); "
        + "\(profile.runs) runs after \(profile.warmUp) to warm up, \(count(profile.threads, "thread"))",
      "\(machine.processor), \(count(machine.processors, "processor")), \(profile.instructionSet), "
        + "\(machine.isOptimized ? "release" : "debug") build, load average \(format(machine.loadAverage, 2)); "
        + "at most \(format(profile.peak.gigaflops, 0)) GFLOP/s, \(format(profile.peak.cacheBandwidth, 0)) GB/s "
        + "in caches, \(format(profile.peak.memoryBandwidth, 0)) in memory",
      "\(profile.parameters) parameters, \(format(Double(profile.multiplyAdds) / 1e6, 1)) MMAC, "
        + "\(profile.arenaBytes / 1024) KiB of values between inputs and outputs",
    ]
    if !profile.warmUpTimes.isEmpty {
      let times = profile.warmUpTimes.prefix(8).map { format($0, 3) }.joined(separator: " ")
      lines.append("warm-up, not counted: \(times)\(profile.warmUpTimes.count > 8 ? " …" : "") ms")
    }
    return lines + remarks(profile.steadiness)
  }

  /// What is unusual about the runs, a line each.
  public static func remarks(_ steadiness: Steadiness) -> [String] {
    var lines: [String] = []
    if !steadiness.isSteady {
      lines.append(
        "not steady: the mean is known best from run \(steadiness.steadyFrom + 1) on; measure longer")
    }
    if let drift = steadiness.drift {
      lines.append(
        "drift: the later runs were \(format(abs(drift - 1) * 100, 1)) % \(drift > 1 ? "slower" : "faster")")
    }
    if !steadiness.outliers.isEmpty {
      let runs = steadiness.outliers.prefix(8).map { "\($0 + 1)" }.joined(separator: ", ")
      lines.append(
        "\(count(steadiness.outliers.count, "outlier")): run \(runs)\(steadiness.outliers.count > 8 ? ", …" : "")"
      )
    }
    return lines
  }

  private static func ordered(_ profile: ModelProfile, descending key: (ModelProfile.Layer) -> Double)
    -> [Int]
  {
    profile.layers.indices.sorted { (key(profile.layers[$1]), $0) < (key(profile.layers[$0]), $1) }
  }

  private static let columns: [(title: String, width: Int)] = [
    ("[node type]", 24), ("[start]", 9), ("[first]", 9), ("[avg ms]", 9), ("[%]", 8), ("[cdf%]", 8),
    ("[mem KB]", 10), ("[times called]", 14), ("[min]", 8), ("[p50]", 8), ("[p95]", 8), ("[max]", 8),
    ("[params]", 9), ("[MMAC]", 9), ("[GFLOP/s]", 9), ("[peak %]", 8), ("[bound]", 10), ("[kernel]", 34),
    ("[output]", 17),
  ]

  private static func row(_ texts: [String], _ widths: [Int], name: String) -> String {
    zip(texts, widths).map { "\t" + pad($0, $1) }.joined() + "\t" + name
  }

  private static func section(
    _ title: String, _ profile: ModelProfile, _ order: [Int], remainder: Bool = false
  ) -> [String] {
    let widths = columns.map(\.width)
    var lines = [rule(title), row(columns.map(\.title), widths, name: "[Name]")]
    var starts = [0.0]
    for layer in profile.layers { starts.append(starts[starts.count - 1] + layer.mean) }
    var cumulative = 0.0
    for index in order {
      let layer = profile.layers[index]
      cumulative += layer.share
      let texts = [
        layer.type, format(starts[index], 3), format(layer.first, 3), format(layer.mean, 3),
        format(100 * layer.share, 3) + "%", format(100 * cumulative, 3) + "%",
        format(Double(layer.outputBytes) / 1000, 3), "1", format(layer.min, 3), format(layer.p50, 3),
        format(layer.p95, 3), format(layer.max, 3), "\(layer.parameters)",
        format(Double(layer.multiplyAdds) / 1e6, 2), format(layer.gigaflops, 1),
        format(100 * layer.peakShare, 1), layer.multiplyAdds == 0 ? "memory" : layer.bound.rawValue,
        layer.kernel, layer.outputShape.map(String.init).joined(separator: "x"),
      ]
      lines.append(row(texts, widths, name: visible(layer.name)))
    }
    if remainder {
      let rest = profile.remainder
      let texts = [
        "", format(starts[starts.count - 1], 3), format(rest.first, 3), format(rest.mean, 3),
        format(100 * profile.remainderShare, 3) + "%", "100.000%", "0.000", "1", format(rest.min, 3),
        format(rest.p50, 3), format(rest.p95, 3), format(rest.max, 3),
      ]
      lines.append(row(texts, widths, name: String(repeating: "\t", count: 7) + "(remainder)"))
    }
    return lines + [""]
  }

  private static func byType(_ profile: ModelProfile) -> [String] {
    let widths = [24, 9, 10, 11, 11, 10, 14]
    let titles = ["[Node type]", "[count]", "[avg ms]", "[avg %]", "[cdf %]", "[mem KB]", "[times called]"]
    var lines = [rule("Summary by node type"), zip(titles, widths).map { "\t" + pad($0, $1) }.joined()]
    let groups = Dictionary(grouping: profile.layers, by: \.type).map { type, layers in
      (type, layers.count, layers.reduce(0) { $0 + $1.mean }, layers.reduce(0) { $0 + $1.outputBytes })
    }.sorted { ($1.2, $0.0) < ($0.2, $1.0) }
    var cumulative = 0.0
    for (type, number, time, bytes) in groups {
      let share = profile.endToEnd.mean > 0 ? time / profile.endToEnd.mean : 0
      cumulative += share
      let texts = [
        type, "\(number)", format(time, 3), format(100 * share, 3) + "%", format(100 * cumulative, 3) + "%",
        format(Double(bytes) / 1000, 3), "\(number)",
      ]
      lines.append(zip(texts, widths).map { "\t" + pad($0, $1) }.joined())
    }
    return lines + [""]
  }

  private static func timings(_ profile: ModelProfile) -> [String] {
    let total = profile.endToEnd
    func microseconds(_ time: Double) -> String { format(time * 1000, 0) }
    return [
      "Timings (microseconds): count=\(total.count) first=\(microseconds(total.first)) "
        + "curr=\(microseconds(total.last)) min=\(microseconds(total.min)) max=\(microseconds(total.max)) "
        + "avg=\(microseconds(total.mean)) std=\(microseconds(total.standardDeviation))",
      "Memory (bytes): count=\(total.count) curr=\(profile.arenaBytes) (all same)",
      "\(profile.layers.count) nodes observed",
    ]
  }

  private static func rule(_ title: String) -> String {
    let line = String(repeating: "=", count: 30)
    return "\(line) \(title) \(line)"
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// Returns a number with some digits behind the point.
  package static func format(_ number: Double, _ digits: Int) -> String {
    guard number.isFinite, abs(number) < 1e12 else { return "\(number)" }
    let scale = (0..<digits).reduce(1) { scale, _ in scale * 10 }
    let whole = Int((abs(number) * Double(scale)).rounded())
    let fraction = String(whole % scale)
    let sign = number < 0 && whole > 0 ? "-" : ""
    if digits == 0 { return sign + "\(whole)" }
    return sign + "\(whole / scale)." + String(repeating: "0", count: digits - fraction.count) + fraction
  }

  static func pad(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(width - text.count, 0)) + text
  }

  /// Names come from files: control characters are shown, not sent.
  static func visible(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
  }
}
