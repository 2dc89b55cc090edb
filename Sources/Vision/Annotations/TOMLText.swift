import TOMLKit

/// Text in TOML, such as class lists and settings.
package enum TOMLText {
  /// What is wrong with a text.
  package struct Problem: Error {
    /// The line, counted from 1.
    package var line: Int
    /// What is wrong there.
    package var reason: String
  }

  /// Parses a text.
  ///
  /// - Throws: `Problem`.
  package static func table(_ text: String) throws(Problem) -> TOMLTable {
    for (index, line) in lines(of: text).enumerated() where !isHarmless(line) {
      throw Problem(
        line: index + 1,
        reason: "the name of a table is of letters a to z, digits, - and _, or stands in quotes")
    }
    do {
      return try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw Problem(line: error.source.begin.line, reason: error.description)
    } catch {
      throw Problem(line: 1, reason: "is not TOML")
    }
  }

  /// The lines of a text.
  package static func lines(of text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  }

  /// Whether a line is no header of a table that begins with something else than a key: at such a one the parser, toml++ 3,
  /// ends the program.
  private static func isHarmless(_ line: Substring) -> Bool {
    let header = line.unicodeScalars.drop { $0.properties.isWhitespace || $0 == "\u{FEFF}" }
    guard header.first == "[", let first = header.first(where: { !"[ \t".unicodeScalars.contains($0) }) else {
      return true
    }
    return first.isASCII
      && (first.properties.isAlphabetic || ("0"..."9").contains(first)
        || "_-\"']".unicodeScalars.contains(first))
  }
}
