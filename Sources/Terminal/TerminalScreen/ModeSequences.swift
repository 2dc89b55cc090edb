/// The sequences that switch the terminal's modes.
enum ModeSequences {
  /// Mouse buttons and drags (1002) as numbers (1006), in pixels (1016) if it can; focus (1004); pastes
  /// marked (2004).
  static func enter(pixelMouse: Bool) -> [UInt8] {
    Array("\u{1B}[?1002h\u{1B}[?1006h\(pixelMouse ? "\u{1B}[?1016h" : "")\u{1B}[?1004h\u{1B}[?2004h".utf8)
  }

  /// Undoes `enter`, and ends a frame that was left open.
  static let leave = Array(
    "\u{1B}[?2026l\u{1B}[?2004l\u{1B}[?1004l\u{1B}[?1016l\u{1B}[?1006l\u{1B}[?1002l".utf8)

  /// Asks the terminal to say when it has handled everything before (DSR 5).
  static let statusQuery = Array("\u{1B}[5n".utf8)

  /// Ends a sequence that was broken off in the middle: CAN, then ST.
  static let abort: [UInt8] = [0x18, 0x1B, UInt8(ascii: "\\")]

  static let beginFrame = Array("\u{1B}[?2026h".utf8)
  static let endFrame = Array("\u{1B}[?2026l".utf8)
}
