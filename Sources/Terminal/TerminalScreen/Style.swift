/// How a cell's text looks.
public struct Style: Hashable, Sendable {
  /// The colour of the glyph.
  public var foreground: Color
  /// The colour behind the glyph.
  public var background: Color
  public var bold: Bool
  public var dim: Bool
  public var underline: Bool
  /// Whether foreground and background change places.
  public var reverse: Bool

  /// Makes a style; without arguments, the terminal's plain text.
  public init(
    foreground: Color = .standard, background: Color = .standard, bold: Bool = false, dim: Bool = false,
    underline: Bool = false, reverse: Bool = false
  ) {
    self.foreground = foreground
    self.background = background
    self.bold = bold
    self.dim = dim
    self.underline = underline
    self.reverse = reverse
  }

  /// The terminal's plain text.
  public static let plain = Style()
}
