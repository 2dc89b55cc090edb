/// Reads JSON text piece by piece, strictly (RFC 8259), for a caller that knows what must come next.
///
/// The caller walks the structure, so text that nests deeper than the caller expects is an error and never
/// recursion. Names must be unique within an object.
struct JSONReader {
  /// What is wrong with the text, and where.
  struct Failure: Error, CustomStringConvertible {
    var position: Int
    var reason: String

    var description: String { "\(reason) at byte \(position) of the header" }
  }

  private let text: [UInt8]
  private var position = 0

  /// Reads from UTF-8 text.
  init(_ text: [UInt8]) { self.text = text }

  /// Reads an object and calls `readValue`, which must read exactly one value, for each name.
  mutating func readObject(_ readValue: (inout JSONReader, String) throws -> Void) throws {
    try expect("{")
    guard !skip("}") else { return }
    var names: Set<String> = []
    repeat {
      let name = try readString()
      guard names.insert(name).inserted else { throw failure("the name \"\(name)\" occurs twice") }
      try expect(":")
      try readValue(&self, name)
    } while skip(",")
    try expect("}")
  }

  /// Reads an array of integers that are not negative.
  mutating func readIntegers() throws -> [Int] {
    try expect("[")
    guard !skip("]") else { return [] }
    var integers: [Int] = []
    repeat { integers.append(try readInteger()) } while skip(",")
    try expect("]")
    return integers
  }

  /// Reads an integer that is not negative.
  mutating func readInteger() throws -> Int {
    skipSpace()
    let start = position
    var value = 0
    while let digit = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
      let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = shifted.addingReportingOverflow(Int(digit - UInt8(ascii: "0")))
      guard !overflow, !carry else { throw failure("an integer too large") }
      value = sum
      position += 1
    }
    guard position > start else { throw failure("no integer of zero or more") }
    guard position == start + 1 || text[start] != UInt8(ascii: "0") else {
      throw failure("an integer with leading zeros")
    }
    return value
  }

  /// Reads a string.
  mutating func readString() throws -> String {
    try expect("\"")
    var bytes: [UInt8] = []
    while let byte = current, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw failure("a control character in a string") }
      position += 1
      if byte == UInt8(ascii: "\\") {
        bytes.append(contentsOf: try readEscape().utf8)
      } else {
        bytes.append(byte)
      }
    }
    guard current != nil else { throw failure("a string without end") }
    position += 1
    guard let string = String(validating: bytes, as: UTF8.self) else {
      throw failure("a string that is not UTF-8")
    }
    return string
  }

  /// Checks that nothing but white space is left.
  mutating func readEnd() throws {
    skipSpace()
    guard current == nil else { throw failure("more text after the last brace") }
  }

  /// Returns a failure at the current position.
  func failure(_ reason: String) -> Failure { Failure(position: position, reason: reason) }

  // MARK: Characters

  private var current: UInt8? { position < text.count ? text[position] : nil }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
  }

  /// Steps over `character`, if it comes next.
  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard current == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws {
    guard skip(character) else { throw failure("no \(character)") }
  }

  private mutating func readEscape() throws -> String {
    guard let byte = current else { throw failure("a string without end") }
    position += 1
    switch UnicodeScalar(byte) {
    case "\"", "\\", "/": return String(UnicodeScalar(byte))
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u":
      var units = [try readCodeUnit()]
      if UTF16.isLeadSurrogate(units[0]) {
        guard position + 1 < text.count, text[position] == UInt8(ascii: "\\"),
          text[position + 1] == UInt8(ascii: "u")
        else { throw failure("half a surrogate pair") }
        position += 2
        units.append(try readCodeUnit())
      }
      guard let string = String(validating: units, as: UTF16.self) else {
        throw failure("half a surrogate pair")
      }
      return string
    default: throw failure("an unknown escape")
    }
  }

  private mutating func readCodeUnit() throws -> UInt16 {
    guard position + 4 <= text.count,
      let digits = String(validating: text[position..<position + 4], as: UTF8.self),
      digits.allSatisfy(\.isHexDigit), let unit = UInt16(digits, radix: 16)
    else { throw failure("no four hexadecimal digits") }
    position += 4
    return unit
  }
}
