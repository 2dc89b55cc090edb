import TerminalScreen

extension Key {
  /// The key as it is shown: `←`, `Enter`, `Ctrl-R`.
  public var label: String {
    let arrows: [(Code, String)] = [(.left, "←"), (.right, "→"), (.up, "↑"), (.down, "↓")]
    for (code, arrow) in arrows where code == self.code { return prefix + arrow }
    switch code {
    case .character(" "): return prefix + "Space"
    case .character(let character):
      return modifiers.isEmpty ? String(character) : prefix + character.uppercased()
    default:
      let words = Key(code).description.split(separator: "-").map {
        $0.prefix(1).uppercased() + $0.dropFirst()
      }
      return prefix + words.joined(separator: "-")
    }
  }

  private var prefix: String {
    (modifiers.contains(.control) ? "Ctrl-" : "") + (modifiers.contains(.alt) ? "Alt-" : "")
      + (modifiers.contains(.shift) ? "Shift-" : "")
  }
}
