/// Text made safe to show: nothing in it can move the cursor, hide or reorder other text.
public enum VisibleText {
  /// Returns what is shown for a character: itself, or a picture of an invisible one.
  ///
  /// Control characters become their Unicode control pictures (`␛` for escape), bidirectional and other
  /// lone format characters become `�`, and a no-break space becomes a space.
  public static func visible(_ character: Character) -> Character {
    guard let scalar = character.unicodeScalars.first else { return "\u{FFFD}" }
    switch scalar.value {
    case 0x20..<0x7F: return character
    case 0..<0x20: return Character(Unicode.Scalar(0x2400 + (character == "\r\n" ? 0x0A : scalar.value))!)
    case 0x7F: return "\u{2421}"
    case 0xA0: return " "
    default: break
    }
    return DisplayWidth.of(scalar) == 0 ? "\u{FFFD}" : character
  }

  /// Returns the text with every invisible character made visible.
  public static func visible(_ text: some StringProtocol) -> String { String(text.map(visible)) }
}
