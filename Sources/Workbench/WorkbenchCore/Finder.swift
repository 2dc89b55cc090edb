import TerminalWidgets

/// A list of commands that typing searches: the help, which explains, the palette, which takes arguments, and the menu of
/// an object.
public struct Finder: Equatable, Sendable {
  public enum Kind: Sendable {
    case help
    case palette
    case objects
  }

  public let kind: Kind
  public internal(set) var prompt: PromptLine
  /// The selected one of the rows that can be selected.
  public internal(set) var selection = 0
  /// The folders whose names were asked for since it was opened, as they were typed.
  var folders: [String: FolderContents] = [:]

  init(_ kind: Kind, text: String = "") {
    self.kind = kind
    prompt = PromptLine(label: kind == .palette ? ":" : "Search ", text: text)
  }

  /// The most values of an argument that are listed.
  private static let longestList = 1000

  /// What a row of the list stands for.
  public enum Row: Sendable {
    case heading(String)
    /// A command, or several of one family that the help shows together.
    case commands([Command])
    /// A value for a command's argument.
    case argument(Command, String)
    /// A path for a command's argument.
    case path(Command, PathCompletion.Choice)

    public var isHeading: Bool { if case .heading = self { true } else { false } }
  }

  /// The rows that fit what was typed, the best first.
  public func rows(in state: State) -> [Row] {
    switch kind {
    case .help: prompt.text.isEmpty ? Self.allByGroup : ranked(by: Self.helpScore)
    case .palette: argumentRows(in: state) ?? ranked(by: Self.nameScore)
    case .objects:
      prompt.text.isEmpty
        ? Self.objectCommands.map { .commands([$0]) } : ranked(by: Self.helpScore, among: Self.objectCommands)
    }
  }

  /// Commands that make sense outside of the popup that they belong to.
  static let commands = CommandTable.all.filter { !$0.contexts.isDisjoint(with: CommandTable.everyPane) }

  static var objectCommandCount: Int { objectCommands.count }

  private static let objectCommands = commands.filter { $0.group == .objects }

  private static var allByGroup: [Row] {
    Command.Group.allCases.flatMap { group -> [Row] in
      var lines: [[Command]] = []
      for command in commands where command.group == group {
        if let family = command.family, lines.last?.first?.family == family {
          lines[lines.count - 1].append(command)
        } else {
          lines.append([command])
        }
      }
      return lines.isEmpty ? [] : [.heading(group.rawValue)] + lines.map { .commands($0) }
    }
  }

  private func ranked(
    by score: (String, Command) -> Int?, among commands: [Command] = Self.commands
  ) -> [Row] {
    let typed = prompt.text.trimmingPrefix { $0 == " " }
    return commands.enumerated()
      .compactMap { index, command in score(String(typed), command).map { ($0, index, command) } }
      .sorted { ($0.0, $1.1) > ($1.0, $0.1) }
      .map { .commands([$0.2]) }
  }

  /// Names count before the words of the explanation.
  private static func helpScore(_ typed: String, _ command: Command) -> Int? {
    let name = nameScore(typed, command)
    let words = (command.help + " " + (command.mouse ?? "")).lowercased()
    let isInWords = typed.lowercased().split(separator: " ").allSatisfy { words.contains($0) }
    return [name.map { $0 + 20 }, isInWords ? 10 : nil].compactMap { $0 }.max()
  }

  private static func nameScore(_ typed: String, _ command: Command) -> Int? {
    let word = typed.prefix { $0 != " " }
    return [command.id, command.title].compactMap { FuzzyMatch.score(String(word), in: $0) }.max()
  }

  /// The command whose argument is being typed, and what there is of it.
  var argument: (command: Command, text: String)? {
    let parts = prompt.text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let command = CommandTable.command(String(parts[0])), command.argument != nil
    else { return nil }
    return (command, String(parts[1]))
  }

  /// The path that is being typed.
  var path: PathCompletion? {
    argument.flatMap { command, text in command.argument.flatMap { PathCompletion($0, text) } }
  }

  /// Whether the names that complete a path are not known yet.
  public var isListing: Bool { path.map { folders[$0.folder] == .awaited } ?? false }

  private func argumentRows(in state: State) -> [Row]? {
    guard let (command, text) = argument, let argument = command.argument else { return nil }
    if let path {
      guard case .names(let names) = folders[path.folder] else { return [] }
      return path.choices(among: names).map { .path(command, $0) }
    }
    // Of very many values the first that fit are enough to choose from.
    return argument.completions(state).lazy.enumerated()
      .compactMap { index, value in FuzzyMatch.score(text, in: value).map { ($0, index, value) } }
      .prefix(Self.longestList).sorted { ($0.0, $1.1) > ($1.0, $0.1) }
      .map { .argument(command, $0.2) }
  }
}
