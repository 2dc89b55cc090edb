/// A profile as text: the table that people know from other engines' benchmark tools.
public enum ProfileTable {
  /// Returns the header, a line for each layer in the order in which they run, the remainder and the sum.
  public static func text(_ profile: ModelProfile) -> String {
    let machine = profile.machine
    var lines = [
      "\(profile.model): \(format(profile.endToEnd.mean, 3)) ms mean, p50 \(format(profile.endToEnd.p50, 3)), "
        + "p95 \(format(profile.endToEnd.p95, 3)), least \(format(profile.endToEnd.min, 3)); "
        + "\(profile.runs) runs after \(profile.warmUp), \(profile.threads) thread\(profile.threads == 1 ? "" : "s")",
      "\(machine.processor), \(machine.processors) processors, \(machine.instructionSet), load average "
        + "\(format(machine.loadAverage, 2))\(machine.isOptimized ? "" : ", not optimised"); "
        + "\(profile.parameters) parameters, \(format(Double(profile.multiplyAdds) / 1e6, 1)) MMAC, "
        + "\(profile.arenaBytes / 1024) KiB of values",
    ]
    if let drift = profile.drift {
      let change = format(abs(drift - 1) * 100, 1)
      lines.append(
        "the later runs were \(change) % \(drift > 1 ? "slower" : "faster") than the earlier: not steady")
    }
    let header = ["first", "mean", "p50", "p95", "max", "%", "cum %", "MMAC", "GFLOP/s"]
    lines.append("")
    lines.append(header.map { pad($0, 9) }.joined() + "  type, output, kernel, node")
    for layer in profile.layers {
      let numbers = [
        format(layer.first, 3), format(layer.mean, 3), format(layer.p50, 3), format(layer.p95, 3),
        format(layer.max, 3), format(100 * layer.share, 1), format(100 * layer.cumulativeShare, 1),
        format(Double(layer.multiplyAdds) / 1e6, 2), format(layer.gigaflops, 1),
      ]
      let shape = layer.outputShape.map(String.init).joined(separator: "x")
      lines.append(
        numbers.map { pad($0, 9) }.joined()
          + "  \(layer.type) \(shape) \(layer.kernel) \(visible(layer.name))")
    }
    let rest = profile.remainder
    let share = profile.endToEnd.mean > 0 ? rest.mean / profile.endToEnd.mean : 0
    let numbers = [
      format(rest.first, 3), format(rest.mean, 3), format(rest.p50, 3), format(rest.p95, 3),
      format(rest.max, 3),
      format(100 * share, 1),
    ]
    lines.append(numbers.map { pad($0, 9) }.joined() + pad("100.0", 9) + pad("", 18) + "  remainder")
    return lines.joined(separator: "\n")
  }

  /// Returns comma-separated values with a line of names; the remainder is the last line.
  public static func commaSeparated(_ profile: ModelProfile) -> String {
    var lines = [
      "name,type,kernel,outputShape,multiplyAdds,bytes,first,last,min,mean,p50,p95,max,standardDeviation,share"
    ]
    for layer in profile.layers {
      let shape = layer.outputShape.map(String.init).joined(separator: "x")
      let times = [
        layer.first, layer.last, layer.min, layer.mean, layer.p50, layer.p95, layer.max,
        layer.standardDeviation,
        layer.share,
      ]
      lines.append(
        "\(quoted(layer.name)),\(layer.type),\(layer.kernel),\(shape),\(layer.multiplyAdds),\(layer.bytes),"
          + times.map { "\($0)" }.joined(separator: ","))
    }
    let rest = profile.remainder
    let times = [
      rest.first, rest.last, rest.min, rest.mean, rest.p50, rest.p95, rest.max, rest.standardDeviation,
      profile.endToEnd.mean > 0 ? rest.mean / profile.endToEnd.mean : 0,
    ]
    lines.append("remainder,,,,0,0," + times.map { "\($0)" }.joined(separator: ","))
    return lines.joined(separator: "\n")
  }

  /// Returns a number with some digits behind the point.
  static func format(_ number: Double, _ digits: Int) -> String {
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

  private static func quoted(_ text: String) -> String {
    let plain = visible(text)
    guard plain.contains(where: { $0 == "," || $0 == "\"" }) else { return plain }
    return "\"" + plain.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
