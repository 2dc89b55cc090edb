/// A profile as comma-separated values.
public enum ProfileValues {
  private static let columns = [
    "name", "type", "kernel", "outputShape", "parameters", "multiplyAdds", "bytes", "first", "last", "min",
    "mean", "p50", "p95", "max", "standardDeviation", "share", "cumulativeShare", "gigaflops", "peakShare",
    "bound",
  ]

  /// Returns a line of names, a line for each layer in the order in which they run, and one for the remainder. Times are
  /// milliseconds, shares parts of one.
  public static func commaSeparated(_ profile: ModelProfile) -> String {
    var lines = [columns.joined(separator: ",")]
    for layer in profile.layers {
      let shape = layer.outputShape.map(String.init).joined(separator: "x")
      let times = [
        layer.first, layer.last, layer.min, layer.mean, layer.p50, layer.p95, layer.max,
        layer.standardDeviation, layer.share, layer.cumulativeShare, layer.gigaflops, layer.peakShare,
      ]
      lines.append(
        "\(quoted(layer.name)),\(layer.type),\(layer.kernel),\(shape),\(layer.parameters),\(layer.multiplyAdds),"
          + "\(layer.bytes)," + times.map { "\($0)" }.joined(separator: ",") + ",\(layer.bound.rawValue)")
    }
    let rest = profile.remainder
    let times = [
      rest.first, rest.last, rest.min, rest.mean, rest.p50, rest.p95, rest.max, rest.standardDeviation,
      profile.remainderShare, 1, 0, 0,
    ]
    lines.append("remainder,,,,0,0,0," + times.map { "\($0)" }.joined(separator: ",") + ",")
    return lines.joined(separator: "\n")
  }

  private static func quoted(_ text: String) -> String {
    let plain = ProfileTable.visible(text)
    guard plain.contains(where: { $0 == "," || $0 == "\"" }) else { return plain }
    return "\"" + plain.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
