/// A path that is typed as a command's argument, and the names that it can go on with.
///
/// A path is all that is left of the line, so that spaces in it need no quotes.
public struct PathCompletion {
  /// What stands in the argument before the path.
  private let lead: String
  /// The path up to its last slash, as it was typed; empty for the working directory.
  let folder: String
  /// What was typed of the name.
  private let start: String

  /// The most names that are listed.
  static let longestList = 300
  /// Of folders with more names, only those that begin with what was typed are found: typing must not wait.
  static let mostSearched = 2000

  /// Takes an argument apart; nil when no path is being typed.
  init?(_ argument: Command.Argument, _ text: String) {
    guard let begin = argument.path(text) else { return nil }
    // A combining mark at the start of a name makes one character of itself and the slash.
    let path = text.unicodeScalars[begin...]
    let end = path.lastIndex(of: "/").map { path.index(after: $0) } ?? begin
    lead = String(text.unicodeScalars[..<begin])
    folder = String(path[..<end])
    start = String(path[end...])
  }

  /// A value for the argument, and what of it is listed.
  public struct Choice: Equatable, Sendable {
    public let value, label: String
  }

  /// The names that fit, those that begin with what was typed first; before them the folder itself.
  ///
  /// - Parameter names: What is in the folder, as `FolderContents` orders it.
  func choices(among names: [String]) -> [Choice] {
    let dot = UInt8(ascii: ".")
    let seen = names.lazy.filter { [start] in ($0.utf8.first == dot) == (start.utf8.first == dot) }
    var fitting = Array(seen.filter { $0.utf8.starts(with: start.utf8) }.prefix(Self.longestList))
    if names.count <= Self.mostSearched {
      let others = seen.filter { !$0.utf8.starts(with: start.utf8) }.enumerated()
        .compactMap { index, name in FuzzyMatch.score(start, in: name).map { ($0, index, name) } }
        .sorted { ($0.0, $1.1) > ($1.0, $0.1) }
      fitting += others.prefix(Self.longestList - fitting.count).map { $0.2 }
    }
    return itself + fitting.map { Choice(value: lead + folder + written($0), label: $0) }
  }

  private var itself: [Choice] {
    if start.isEmpty, !folder.isEmpty { return [Choice(value: lead + folder, label: "./")] }
    return folder.isEmpty && start == "~" ? [Choice(value: lead + "~/", label: "~/")] : []
  }

  /// A name as it can be typed: one that would be read as a home, or whose first mark would join with the space before
  /// it, is led by `./`.
  private func written(_ name: String) -> String {
    folder.isEmpty && (name.utf8.first == UInt8(ascii: "~") || (" " + name).first != " ") ? "./" + name : name
  }

  /// Whether a value is a folder that only begins the path: not the one that was typed.
  func isFolderOnTheWay(_ value: String) -> Bool {
    let typed = lead + folder + start
    return value.utf8.last == UInt8(ascii: "/") && value != typed && value != typed + "/"
  }
}
