/// A colour of text or its background.
public enum Color: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case standard
  /// An entry of the terminal's palette: 0 to 15 named colours, 16 to 255 the xterm cube and greys.
  case indexed(UInt8)
  /// A 24-bit sRGB colour.
  case rgb(red: UInt8, green: UInt8, blue: UInt8)

  /// A 24-bit sRGB colour from a number such as `0x1E90FF`.
  public static func hex(_ value: UInt32) -> Color {
    .rgb(
      red: UInt8(truncatingIfNeeded: value >> 16), green: UInt8(truncatingIfNeeded: value >> 8),
      blue: UInt8(truncatingIfNeeded: value))
  }
}

/// How many colours a terminal can show.
public enum ColorDepth: Int, Comparable, Sendable, CaseIterable {
  /// Bold, dim, underline and reverse only.
  case monochrome
  /// The 16 named colours.
  case palette16
  /// The 256 xterm colours.
  case palette256
  /// 24-bit colours.
  case trueColor

  public static func < (first: ColorDepth, second: ColorDepth) -> Bool { first.rawValue < second.rawValue }
}
