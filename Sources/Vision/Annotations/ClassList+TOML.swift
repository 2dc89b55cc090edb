import Foundation
import TOMLKit

// Reading a file of classes; each error names the line.
extension ClassList {
  private static let keys = ["name", "color", "key"]
  /// The most bytes of a file of classes.
  private static let byteLimit = 4_000_000

  /// Reads the file of classes in a folder of images; nil where there is none.
  ///
  /// - Throws: `AnnotationError.unreadable` or `.wrongClasses`.
  public init?(folder: String) throws(AnnotationError) {
    let path = (folder as NSString).appendingPathComponent(Self.fileName)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    try self.init(path: path)
  }

  /// Reads a file of classes.
  ///
  /// - Throws: `AnnotationError.unreadable` or `.wrongClasses`.
  public init(path: String) throws(AnnotationError) {
    guard let data = FileManager.default.contents(atPath: path), data.count <= Self.byteLimit else {
      throw .unreadable(path: path, reason: "not a file of classes")
    }
    try self.init(text: String(decoding: data, as: UTF8.self), path: path)
  }

  /// Reads the text of a file of classes; `path` is for the errors.
  ///
  /// - Throws: `AnnotationError.wrongClasses`.
  public init(text: String, path: String) throws(AnnotationError) {
    let lines = ClassLines(text)
    let table: TOMLTable
    do {
      table = try TOMLText.table(text)
    } catch {
      throw .wrongClasses(path: path, line: error.line, reason: error.reason)
    }
    if let other = table.keys.first(where: { $0 != "class" }) {
      throw .wrongClasses(
        path: path, line: lines.line(of: other, inClass: nil),
        reason: "\(other) means nothing here; there are only tables [[class]]")
    }
    guard let array = table["class"]?.array, !array.isEmpty else {
      throw .wrongClasses(path: path, line: 1, reason: "holds no table [[class]] with a name")
    }
    var entries: [Entry] = []
    for (index, value) in array.enumerated() {
      func problem(_ key: String, _ reason: String) -> AnnotationError {
        .wrongClasses(path: path, line: lines.line(of: key, inClass: index), reason: "\(key) \(reason)")
      }
      guard let table = value.table else { throw problem("class", "must be a table, [[class]]") }
      if let other = table.keys.first(where: { !Self.keys.contains($0) }) {
        throw problem(other, "means nothing here; a class has \(Self.keys.joined(separator: ", "))")
      }
      guard let name = table["name"]?.string, !name.isEmpty else {
        throw problem("name", "must be there, a text in quotes")
      }
      if entries.contains(where: { $0.name == name }) { throw problem("name", "\(name) is there twice") }
      var entry = Entry(name: name, color: Self.color(at: index))
      if let value = table["color"] {
        guard let color = value.string.flatMap({ ObjectColor($0) }) else {
          throw problem("color", "must be a colour such as \"#e69f00\"")
        }
        entry.color = color
      }
      if let value = table["key"] {
        guard let text = value.string, text.count == 1, let key = text.first, Self.isTyped(key) else {
          throw problem("key", "must be one character in quotes, such as \"c\"")
        }
        if let other = entries.first(where: { $0.key == key }) {
          throw problem("key", "\(key) gives \(other.name) already")
        }
        entry.key = key
      }
      entries.append(entry)
    }
    self.init(entries)
  }

  /// Whether a character is one that a key types and that can be seen.
  private static func isTyped(_ character: Character) -> Bool {
    !character.isWhitespace && character.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
  }
}

/// Where the tables of a file of classes stand.
private struct ClassLines {
  private let lines: [Substring]

  init(_ text: String) { lines = TOMLText.lines(of: text) }

  /// Returns the line, counted from 1, of a key in a class's table or before all, else of the table itself.
  func line(of key: String, inClass index: Int?) -> Int {
    var current = -1
    var header = 1
    for (place, line) in lines.enumerated() {
      let text = line.trimmingCharacters(in: .whitespaces)
      if text.hasPrefix("[") {
        if text.hasPrefix("[["), text.contains("class") { current += 1 }
        if current == index { header = place + 1 }
        if index == nil, text.contains(key) { return place + 1 }
      } else if let equals = text.firstIndex(of: "="), index == nil || current == index {
        let name = text[..<equals].trimmingCharacters(in: CharacterSet(charactersIn: " \t\"'"))
        if name == key { return place + 1 }
      }
    }
    return header
  }
}
