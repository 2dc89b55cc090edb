extension TerminalReply {
  /// Reads the answer in a DCS or APC string; nil when it is none.
  ///
  /// - Parameters:
  ///   - introducer: The byte after ESC that began the string.
  ///   - text: What stood between the introducer and ST.
  init?(introducer: UInt8, text: String) {
    switch Character(Unicode.Scalar(introducer)) {
    case "P" where text.hasPrefix(">|"): self = .version(String(text.dropFirst(2)))
    case "P" where text.hasPrefix("1$r"): self = .setting(isValid: true, String(text.dropFirst(3)))
    case "P" where text.hasPrefix("0$r"): self = .setting(isValid: false, String(text.dropFirst(3)))
    case "_" where text.hasPrefix("G"): self = .kittyGraphics(String(text.dropFirst()))
    default: return nil
    }
  }
}
