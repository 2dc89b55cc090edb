/// Why a screen cannot be opened.
public enum ScreenError: Error, Equatable, CustomStringConvertible {
  /// There is no terminal at the path.
  case noTerminal(path: String, reason: String)
  /// `TERM` names a terminal that the system does not know.
  case unknownTerminalType(String)
  /// The terminal cannot move its cursor, as a screen needs.
  case cannotMoveCursor(terminalType: String)

  public var description: String {
    switch self {
    case .noTerminal(let path, let reason):
      "no terminal at \(path) (\(reason)); start in a terminal, or use the commands that need none"
    case .unknownTerminalType(let type):
      "the terminal type \"\(VisibleText.visible(type))\" is not known here; set TERM, for instance to xterm-256color"
    case .cannotMoveCursor(let type):
      "a terminal of type \"\(VisibleText.visible(type))\" cannot show a full screen; set TERM to what it really is"
    }
  }
}
