import TerminalScreen

/// What happens in the help and the palette.
public enum FinderAction: Sendable {
  /// Opens one, or closes it when it is open.
  case open(Finder.Kind, text: String = "")
  case close
  /// A key that no command has is typed.
  case type(Key)
  case insert(String)
  case move(lines: Int)
  /// Runs the selected row.
  case run
  /// Takes the selected row into the prompt.
  case complete
  /// Runs one of the rows that can be selected.
  case choose(Int)
  /// A folder was read whose names complete a path.
  case listed(folder: String, FolderContents)

  /// Whether this comes from an effect.
  var isReport: Bool { if case .listed = self { true } else { false } }
}
