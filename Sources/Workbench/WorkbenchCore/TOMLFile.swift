import Annotations
import Foundation
import TOMLKit
import TerminalScreen

/// A TOML file read with errors that name the file and the line.
struct TOMLFile {
  let path: String
  let table: TOMLTable
  private let lines: [Substring]

  /// - Throws: `WorkbenchError.unreadableFile` or `.syntax`.
  init(path: String) throws(WorkbenchError) {
    guard let data = FileManager.default.contents(atPath: path) else { throw .unreadableFile(path: path) }
    try self.init(text: String(decoding: data, as: UTF8.self), path: path)
  }

  /// - Throws: `WorkbenchError.syntax`.
  init(text: String, path: String) throws(WorkbenchError) {
    self.path = path
    lines = TOMLText.lines(of: text)
    do {
      table = try TOMLText.table(text)
    } catch {
      throw .syntax(path: path, line: error.line, reason: error.reason)
    }
  }

  /// An error at the line where a key of a section stands.
  func error(_ key: String, in section: String?, _ reason: String) -> WorkbenchError {
    let name = section.map { "\($0).\(key)" } ?? key
    return .setting(path: path, line: line(of: key, in: section), key: name, reason: reason)
  }

  /// Throws for a key that is not among the known ones.
  func checkKeys(of table: TOMLTable, in section: String?, known: [String]) throws(WorkbenchError) {
    for key in table.keys where !known.contains(key) {
      throw error(key, in: section, "is not a setting; there are \(known.joined(separator: ", "))")
    }
  }

  /// A string of the top level.
  func string(_ key: String) throws(WorkbenchError) -> String? {
    guard let value = table[key] else { return nil }
    guard let string = value.string else { throw error(key, in: nil, "must be a text in quotes") }
    return string
  }

  /// A section; nil when the file has none of this name.
  func section(_ name: String) throws(WorkbenchError) -> TOMLTable? {
    guard let value = table[name] else { return nil }
    guard let table = value.table else { throw error(name, in: nil, "must be a section, [\(name)]") }
    return table
  }

  /// The line of `key = …` under `[section]`, counted from 1; the first line when it cannot be found.
  private func line(of key: String, in section: String?) -> Int {
    var current: String?
    for (index, line) in lines.enumerated() {
      let text = line.trimmingCharacters(in: .whitespaces)
      if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
        current = text[text.index(after: text.startIndex)..<end].trimmingCharacters(in: .whitespaces)
        if section == nil, current == key { return index + 1 }
      } else if current == section, let equals = text.firstIndex(of: "=") {
        let name = text[..<equals].trimmingCharacters(in: CharacterSet(charactersIn: " \t\"'"))
        if name == key || name.hasPrefix("\(key).") { return index + 1 }
      }
    }
    return 1
  }
}
