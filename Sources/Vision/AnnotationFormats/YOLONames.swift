import Foundation

/// The names of classes in YOLO's `data.yaml`: the one part of the file that matters here.
enum YOLONames {
  static let fileName = "data.yaml"

  /// The text of a file.
  static func text(_ names: [String]) -> String {
    // Without `path`, which would be looked for from where a program runs, folders are beside this file.
    var lines = [
      "# The photos belong into the folder images beside labels.", "train: images", "val: images",
      names.isEmpty ? "names: {}" : "names:",
    ]
    lines += names.enumerated().map { "  \($0): \(quoted($1))" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A string in double quotes as YAML and JSON both have it.
  private static func quoted(_ name: String) -> String {
    var result = "\""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _
      where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
        || [0x85, 0x2028, 0x2029, 0xFEFF].contains(scalar.value):
        result += "\\u" + String(String(scalar.value + 0x10000, radix: 16).dropFirst())
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// The file in a folder of labels, in the one above or in the one above that.
  static func find(from folder: String) -> String {
    let folders = [folder, folder + "/..", folder + "/../.."]
    let paths = folders.map { ($0 as NSString).appendingPathComponent(fileName) }
    return paths.first { FileManager.default.fileExists(atPath: $0) } ?? paths[0]
  }

  /// Reads the names: a list or a mapping from numbers, in lines of their own or in brackets.
  ///
  /// - Throws: `FormatError`.
  static func read(_ path: String) throws(FormatError) -> [Int: String] {
    let lines = try InputFile.lines(of: path)
    guard let start = lines.firstIndex(where: { $0.hasPrefix("names:") }) else {
      throw .damaged(path: path, field: "names", reason: "is missing")
    }
    func damaged(_ line: Int, _ reason: String) -> FormatError {
      .damaged(path: path, field: "line \(line + 1)", reason: reason)
    }
    let rest = trimmed(lines[start].dropFirst("names:".count))
    var items: [(line: Int, text: Substring, isListed: Bool)] = []
    if let bracket = rest.first {
      var text = rest
      guard bracket == "[" || bracket == "{" else {
        throw damaged(start, "names are neither a list nor a mapping")
      }
      let end: Character = bracket == "[" ? "]" : "}"
      var next = start + 1
      while text.last != end {
        guard next < lines.count else { throw damaged(start, "the bracket is not closed") }
        text = trimmed((text + " " + trimmed(lines[next][...]))[...])
        next += 1
      }
      let inner = trimmed(text.dropFirst().dropLast())
      items = split(inner, at: ",").map { (start, trimmed($0), bracket == "[") }
      if items.last?.text.isEmpty == true { items.removeLast() }
    } else {
      for line in lines.indices.dropFirst(start + 1) {
        let text = trimmed(lines[line][...])
        if text.isEmpty { continue }
        let isListed = text == "-" || text.hasPrefix("- ")
        guard isListed || lines[line].first == " " else { break }
        items.append((line, isListed ? trimmed(text.dropFirst()) : text, isListed))
      }
    }
    var names: [Int: String] = [:]
    for item in items {
      var (key, text) = (names.count, item.text)
      if !item.isListed {
        let parts = split(item.text, at: ":", once: true)
        guard parts.count == 2, let number = Int(trimmed(parts[0])) else {
          throw damaged(item.line, "is not a number, a colon and a name")
        }
        (key, text) = (number, trimmed(parts[1]))
      }
      guard let name = unquoted(text), !name.isEmpty else {
        throw damaged(item.line, "is no name that can be read")
      }
      guard names.updateValue(name, forKey: key) == nil else {
        throw damaged(item.line, "class \(key) is there twice")
      }
    }
    return names
  }

  /// The text without spaces around it and without a comment.
  private static func trimmed(_ text: Substring) -> Substring {
    var result = text
    var quote: Character?
    var last: Character = " "
    for index in text.indices {
      let character = text[index]
      if quote == nil, character == "#", last == " " || last == "\t" {
        result = text[..<index]
        break
      }
      if let open = quote {
        if character == open, !(open == "\"" && last == "\\") { quote = nil }
      } else if character == "\"" || character == "'", " \t[{,:-".contains(last) {
        quote = character
      }
      // Of two backslashes the second escapes nothing.
      last = last == "\\" && character == "\\" ? " " : character
    }
    while let first = result.first, first == " " || first == "\t" { result.removeFirst() }
    while let last = result.last, last == " " || last == "\t" { result.removeLast() }
    return result
  }

  /// The parts between separators that are not in quotes.
  private static func split(_ text: Substring, at separator: Character, once: Bool = false) -> [Substring] {
    var parts: [Substring] = []
    var start = text.startIndex
    var quote: Character?
    var isEscaped = false
    for index in text.indices {
      let character = text[index]
      if let open = quote {
        if character == open, !isEscaped { quote = nil }
        isEscaped = open == "\"" && character == "\\" && !isEscaped
      } else if character == "\"" || character == "'",
        text[start..<index].allSatisfy({ $0 == " " || $0 == ":" }) || !once
      {
        quote = character
        isEscaped = false
      } else if character == separator, !once || parts.isEmpty {
        parts.append(text[start..<index])
        start = text.index(after: index)
      }
    }
    return parts + [text[start...]]
  }

  /// A name as it was before it was put in quotes; nil for one that is not well-formed.
  private static func unquoted(_ text: Substring) -> String? {
    guard let quote = text.first, quote == "\"" || quote == "'" else { return String(text) }
    guard text.count >= 2, text.last == quote else { return nil }
    if quote == "'" { return String(text.dropFirst().dropLast()).replacing("''", with: "'") }
    return (try? JSONDecoder().decode([String].self, from: Data("[\(text)]".utf8)))?.first
  }
}
