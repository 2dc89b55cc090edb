import TOMLKit
import TerminalScreen

/// What the user wants different from the defaults.
///
///     theme = "light"
///     graphics = "half-blocks"
///     threads = 2
///     [keys]
///     undo = ["u", "backspace"]
public struct Settings: Equatable, Sendable {
  public var theme: String?
  public var graphics: String?
  public var model: String?
  /// Threads of the inference engine.
  public var threads: Int?
  /// Keys by the id of their command, in place of its own.
  public var keys: [String: [Key]] = [:]

  public init() {}

  /// The settings file's path under `$XDG_CONFIG_HOME`, or under `~/.config`.
  public static func path(environment: [String: String]) -> String {
    "\(folder(environment: environment))/settings.toml"
  }

  /// The folder of the settings file and the user's own themes.
  public static func folder(environment: [String: String]) -> String {
    if let base = environment["XDG_CONFIG_HOME"], base.hasPrefix("/") { return "\(base)/vignette" }
    return "\(environment["HOME"] ?? "")/.config/vignette"
  }

  /// Reads a settings file.
  /// - Throws: `WorkbenchError` naming the file and the line.
  public static func load(path: String) throws(WorkbenchError) -> Settings {
    try Settings(file: TOMLFile(path: path))
  }

  /// Parses the text of a settings file; `path` is for the errors.
  /// - Throws: `WorkbenchError` naming the file and the line.
  public init(text: String, path: String) throws(WorkbenchError) {
    try self.init(file: TOMLFile(text: text, path: path))
  }

  private init(file: TOMLFile) throws(WorkbenchError) {
    try file.checkKeys(
      of: file.table, in: nil, known: ["theme", "graphics", "model", "threads", "keys"])
    theme = try file.string("theme")
    graphics = try file.string("graphics")
    model = try file.string("model")
    if let value = file.table["threads"] {
      guard let count = value.int, (1...1024).contains(count) else {
        throw file.error("threads", in: nil, "must be a whole number from 1 to 1024")
      }
      threads = count
    }
    guard let section = try file.section("keys") else { return }
    for id in section.keys {
      guard CommandTable.command(id) != nil else {
        throw file.error(id, in: "keys", "is not a command; the help lists them all")
      }
      keys[id] = try Self.keys(section[id], id: id, file: file)
    }
    if let clash = KeyMap(overrides: keys).clash {
      let culprit = keys[clash.second] != nil ? clash.second : clash.first
      let other = culprit == clash.first ? clash.second : clash.first
      throw file.error(culprit, in: "keys", "\(clash.key) already means \(other); give that another key")
    }
  }

  private static func keys(
    _ value: (any TOMLValueConvertible)?, id: String, file: TOMLFile
  ) throws(WorkbenchError) -> [Key] {
    let values: [any TOMLValueConvertible] = value?.array.map { Array($0) } ?? (value.map { [$0] } ?? [])
    var keys: [Key] = []
    for value in values {
      guard let name = value.string else { throw file.error(id, in: "keys", "must be keys in quotes") }
      guard let key = Key(name) else {
        throw file.error(id, in: "keys", "\(name) is not a key; examples are q, ctrl-r, shift-left, f5")
      }
      keys.append(key)
    }
    return keys
  }
}
