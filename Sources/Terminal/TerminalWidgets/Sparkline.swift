/// Numbers as a row of bars, one cell each.
public enum Sparkline {
  private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// Returns the last `columns` numbers as bars from zero to the largest of them; what is no number stands lowest.
  public static func text(_ values: [Double], columns: Int) -> String {
    let shown = values.suffix(max(columns, 0))
    let largest = shown.filter(\.isFinite).max() ?? 0
    return String(
      shown.map { value in
        guard largest > 0, value.isFinite else { return bars[0] }
        return bars[min(max(Int(value / largest * Double(bars.count)), 0), bars.count - 1)]
      })
  }
}
