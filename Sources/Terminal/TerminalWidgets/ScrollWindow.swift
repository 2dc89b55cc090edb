/// Which of many rows are visible.
public enum ScrollWindow {
  /// Returns the first visible row so that the selected one is visible, moving as little as possible.
  ///
  /// - Parameters:
  ///   - first: The first visible row before.
  ///   - selection: The row that must be visible, if any.
  ///   - count: How many rows there are.
  ///   - height: How many are visible at once.
  public static func first(_ first: Int, selection: Int?, count: Int, height: Int) -> Int {
    guard height > 0, count > height else { return 0 }
    var first = first
    if let selection {
      if selection < first { first = selection }
      if selection >= first + height { first = selection - height + 1 }
    }
    return min(max(first, 0), count - height)
  }
}
