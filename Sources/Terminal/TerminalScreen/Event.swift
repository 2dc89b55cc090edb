/// Something that happened at the terminal.
public enum Event: Hashable, Sendable {
  case key(Key)
  case mouse(Mouse)
  /// The terminal has a new size, in cells, or a new cell size; the next frame must be of this size.
  case resize(columns: Int, rows: Int)
  /// Text pasted by the user, in one piece.
  case paste(String)
  /// The terminal window gained or lost the keyboard.
  case focus(Bool)
  /// The terminal's answer to a query.
  case reply(TerminalReply)
}

/// A terminal's answer to a query.
public enum TerminalReply: Hashable, Sendable {
  /// Primary device attributes, `CSI ? … c`; 4 among them means sixel.
  case primaryAttributes([Int])
  /// XTSMGRAPHICS, `CSI ? item ; status ; values S`; status 0 is success.
  case graphicsAttribute(item: Int, status: Int, values: [Int])
  /// A window report, `CSI … t`: 6 is the cell size, 4 the text area in pixels, 8 in cells.
  case windowReport([Int])
  /// DECRPM, `CSI ? mode ; state $ y`: 0 unknown, 1 set, 2 reset, 3 and 4 fixed.
  case mode(Int, state: Int)
  /// XTVERSION: the terminal's name and version.
  case version(String)
  /// DECRPSS: whether the request was valid, and the setting.
  case setting(isValid: Bool, String)
  /// A kitty graphics response, the text between `APC G` and `ST`.
  case kittyGraphics(String)
  /// Device status, `CSI 0 n`: the terminal has handled everything sent before the request.
  case deviceStatus(Int)
}
