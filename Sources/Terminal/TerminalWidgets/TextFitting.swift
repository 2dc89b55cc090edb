import TerminalScreen

/// Where text stands in a space wider than itself.
public enum Alignment: Hashable, Sendable {
  case left, center, right
}

/// Text cut and padded to columns.
public enum TextFitting {
  /// Which part of a long text gives way to the ellipsis.
  public enum Cut: Hashable, Sendable {
    case start, middle, end
    /// Of names with dots or slashes, first all but the first letter of the leading words, as many as must.
    case leadingWords
  }

  /// Returns the text, or as much of it as fits with an ellipsis in place of the rest.
  public static func shortened(_ text: String, columns: Int, cut: Cut = .end) -> String {
    let text = VisibleText.visible(text)
    if DisplayWidth.of(text) <= columns { return text }
    guard columns > 0 else { return "" }
    let kept = columns - 1
    switch cut {
    case .end: return prefix(text, columns: kept) + "…"
    case .start: return "…" + suffix(text, columns: kept)
    case .middle: return prefix(text, columns: kept - kept / 2) + "…" + suffix(text, columns: kept / 2)
    case .leadingWords:
      let initials = initials(text, columns: columns)
      return shortened(initials, columns: columns, cut: .start)
    }
  }

  /// Returns the text with words before a dot or a slash shortened to their first letter, from the first on, until it fits.
  private static func initials(_ text: String, columns: Int) -> String {
    var (done, rest) = ("", text[...])
    while DisplayWidth.of(done + rest) > columns, let end = rest.firstIndex(where: { "./".contains($0) }) {
      done += rest[..<end].prefix(1) + rest[end...end]
      rest = rest[rest.index(after: end)...]
    }
    return done + rest
  }

  /// Returns the text shortened or padded with spaces to exactly so many columns.
  public static func fitted(
    _ text: String, columns: Int, alignment: Alignment = .left, cut: Cut = .end
  ) -> String {
    let text = shortened(text, columns: columns, cut: cut)
    let space = max(columns - DisplayWidth.of(text), 0)
    let before =
      switch alignment {
      case .left: 0
      case .center: space / 2
      case .right: space
      }
    return String(repeating: " ", count: before) + text + String(repeating: " ", count: space - before)
  }

  /// Breaks text into lines between words, and inside words that are longer than a line.
  public static func wrapped(_ text: String, columns: Int) -> [String] {
    guard columns > 0 else { return [] }
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = ""
      for word in paragraph.split(separator: " ") {
        let joined = line.isEmpty ? String(word) : line + " " + word
        if DisplayWidth.of(joined) <= columns {
          line = joined
          continue
        }
        if !line.isEmpty { lines.append(line) }
        line = String(word)
        while DisplayWidth.of(line) > columns {
          let part = prefix(line, columns: columns)
          guard !part.isEmpty else { break }
          lines.append(part)
          line.removeFirst(part.count)
        }
      }
      lines.append(line)
    }
    return lines
  }

  private static func prefix(_ text: String, columns: Int) -> String {
    var result = ""
    var width = 0
    for character in text {
      width += DisplayWidth.of(character)
      if width > columns { break }
      result.append(character)
    }
    return result
  }

  private static func suffix(_ text: String, columns: Int) -> String {
    var count = 0
    var width = 0
    for character in text.reversed() {
      width += DisplayWidth.of(character)
      if width > columns { break }
      count += 1
    }
    return String(text.suffix(count))
  }
}
