import TOMLKit

/// Text in TOML, such as class lists and settings.
package enum TOMLText {
  /// What is wrong with a text.
  package struct Problem: Error, Equatable {
    /// The line, counted from 1.
    package var line: Int
    /// What is wrong there.
    package var reason: String
  }

  /// Parses a text.
  ///
  /// - Throws: `Problem`.
  package static func table(_ text: String) throws(Problem) -> TOMLTable {
    var scan = TOMLScan(text)
    if let problem = scan.firstProblem() { throw problem }
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
}

/// Finds what the parser, toml++ 3, ends the program at instead of refusing it: names of tables that begin with no key's
/// character, and braces in place of a value. Up to the first mistake of a text it sees the same structure as the parser.
private struct TOMLScan {
  private let scalars: [Unicode.Scalar]
  private var place = 0
  private var line = 1

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  mutating func firstProblem() -> TOMLText.Problem? {
    var depth = 0
    var isLineStart = true
    var last: Unicode.Scalar = "="
    while let scalar = next {
      switch scalar {
      case "\0": return TOMLText.Problem(line: line, reason: "holds a zero")
      case "\n":
        line += 1
        place += 1
        isLineStart = depth == 0
      case "#": skipLine()
      case "[" where isLineStart:
        place += 1
        if !isAtKey() {
          return TOMLText.Problem(
            line: line,
            reason: "the name of a table is of letters a to z, digits, - and _, or stands in quotes")
        }
        skipLine()
      case "}" where last == "[" || last == ",":
        return TOMLText.Problem(line: line, reason: "expected a value, saw '}'")
      case _ where scalar.properties.isWhitespace || scalar == "\u{FEFF}": place += 1
      default:
        switch scalar {
        case "\"", "'": skipString(scalar)
        case "[", "{": depth += 1
        case "]", "}": depth = max(depth - 1, 0)
        default: break
        }
        if scalar != "\"", scalar != "'" { place += 1 }
        last = scalar
        isLineStart = false
      }
    }
    return nil
  }

  private var next: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

  private mutating func skipLine() { while let scalar = next, scalar != "\n" { place += 1 } }

  private mutating func skipBlanks() { while next == " " || next == "\t" { place += 1 } }

  /// Whether a table's name begins behind one or two brackets.
  private mutating func isAtKey() -> Bool {
    skipBlanks()
    if next == "[" {
      place += 1
      skipBlanks()
    }
    guard let first = next, first.isASCII else { return false }
    return first.properties.isAlphabetic || ("0"..."9").contains(first)
      || "_-\"']".unicodeScalars.contains(first)
  }

  /// Skips a string in single or in threes of quotes.
  private mutating func skipString(_ quote: Unicode.Scalar) {
    let isLong = scalars[place...].prefix(3).count { $0 == quote } == 3
    place += isLong ? 3 : 1
    var quotes = 0
    while let scalar = next {
      if scalar == "\n" {
        guard isLong else { return }
        line += 1
      }
      place += 1
      // What a backslash escapes ends nothing; a line's end is counted where it stands.
      if scalar == "\\", quote == "\"", next != "\n" { place += next == nil ? 0 : 1 }
      quotes = scalar == quote ? quotes + 1 : 0
      guard quotes == (isLong ? 3 : 1) else { continue }
      // Two more may belong to a long string's end.
      while isLong, quotes < 5, next == quote {
        place += 1
        quotes += 1
      }
      return
    }
  }
}
