import Foundation
import TOMLKit
import TerminalScreen

extension Theme {
  /// The theme of those that `folders` hold, the first folder first.
  /// - Throws: `WorkbenchError.unknownTheme`, or what is wrong with its file.
  public static func named(_ name: String, in folders: [String]) throws(WorkbenchError) -> Theme {
    for folder in folders {
      let path = "\(folder)/\(name).toml"
      if !name.contains("/"), FileManager.default.fileExists(atPath: path) {
        return try Theme(file: TOMLFile(path: path), name: name)
      }
    }
    throw .unknownTheme(name: name, known: names(in: folders))
  }

  /// The names of all themes in the folders.
  public static func names(in folders: [String]) -> [String] {
    let files = folders.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? [] }
    return Set(files.filter { $0.hasSuffix(".toml") }.map { String($0.dropLast(5)) }).sorted()
  }

  /// Parses the text of a theme file; `path` is for the errors.
  /// - Throws: `WorkbenchError` naming the file and the line.
  public init(text: String, name: String, path: String) throws(WorkbenchError) {
    try self.init(file: TOMLFile(text: text, path: path), name: name)
  }

  private init(file: TOMLFile, name: String) throws(WorkbenchError) {
    try file.checkKeys(of: file.table, in: nil, known: ["text", "picture"])
    self.init(name: name, styles: [:], overlays: [:], maskOpacity: 0.4)
    if let section = try file.section("text") {
      try file.checkKeys(of: section, in: "text", known: Role.allCases.map(\.rawValue))
      for role in Role.allCases {
        guard let value = section[role.rawValue] else { continue }
        styles[role] = try Self.style(value, role: role.rawValue, file: file)
      }
    }
    if let section = try file.section("picture") {
      let known = Overlay.allCases.map(\.rawValue) + ["mask-opacity"]
      try file.checkKeys(of: section, in: "picture", known: known)
      for overlay in Overlay.allCases {
        guard let value = section[overlay.rawValue] else { continue }
        guard let text = value.string, case .rgb(let red, let green, let blue)? = Self.color(text) else {
          throw file.error(overlay.rawValue, in: "picture", "must be a colour such as \"#40a0ff\"")
        }
        overlays[overlay] = Pixel(red: red, green: green, blue: blue)
      }
      if let value = section["mask-opacity"] {
        guard let opacity = value.double ?? value.int.map(Double.init), (0...1).contains(opacity) else {
          throw file.error("mask-opacity", in: "picture", "must be a number from 0 to 1")
        }
        maskOpacity = opacity
      }
    }
  }

  /// A style such as `"#c0c8d0"`, `"white on blue"`, `"8 bold"` or `"reverse"`.
  private static func style(
    _ value: any TOMLValueConvertible, role: String, file: TOMLFile
  ) throws(WorkbenchError) -> Style {
    let advice = "must be like \"#c0c8d0 on #202428 bold\""
    guard let text = value.string else { throw file.error(role, in: "text", advice) }
    var style = Style.plain
    var isBackground = false
    for word in text.split(separator: " ") {
      switch word {
      case "bold": style.bold = true
      case "dim": style.dim = true
      case "underline": style.underline = true
      case "reverse": style.reverse = true
      case "on": isBackground = true
      default:
        guard let color = color(String(word)) else {
          throw file.error(role, in: "text", "\(word) is neither a colour nor an attribute; \(advice)")
        }
        if isBackground { style.background = color } else { style.foreground = color }
      }
    }
    return style
  }

  private static let colorNames = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "bright-black", "bright-red",
    "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan", "bright-white",
  ]

  /// A colour by `#rrggbb`, by its number in the terminal's palette, by name, or `default`.
  private static func color(_ text: String) -> Color? {
    if text == "default" { return .standard }
    if text.hasPrefix("#"), text.count == 7, let value = UInt32(text.dropFirst(), radix: 16) {
      return .hex(value)
    }
    if let number = UInt8(text) { return .indexed(number) }
    return colorNames.firstIndex(of: text).map { .indexed(UInt8($0)) }
  }
}
