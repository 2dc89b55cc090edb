/// How many terminal columns text takes.
public enum DisplayWidth {
  /// Returns the columns of one grapheme: 0, 1 or 2.
  ///
  /// Emoji and East Asian wide and fullwidth characters take 2 (Unicode Standard Annex 11), as does text
  /// made emoji by variation selector 16; combining marks and invisible format characters alone take 0.
  public static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if first.value < 0x7F { return first.value < 0x20 ? 0 : 1 }
    var width = of(first)
    if width == 1, scalars.count > 1, scalars.contains("\u{FE0F}"), first.properties.isEmoji { width = 2 }
    return width
  }

  /// Returns the columns of a text as `CellBuffer.write` shows it.
  public static func of(_ text: some StringProtocol) -> Int {
    var width = 0
    for character in text { width += of(VisibleText.visible(character)) }
    return width
  }

  static func of(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator,
      .surrogate:
      return scalar.value == 0xAD ? 1 : 0
    default:
      return isWide(scalar.value) || scalar.properties.isEmojiPresentation ? 2 : 1
    }
  }

  /// The blocks that Unicode's EastAsianWidth.txt gives as W or F, apart from emoji.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
    0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F202,
    0x1F210...0x1F23B, 0x1F240...0x1F248, 0x1F250...0x1F251, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
  ]

  private static func isWide(_ value: UInt32) -> Bool {
    guard value >= 0x1100 else { return false }
    return wideRanges.contains { $0.contains(value) }
  }
}
