import TerminalScreen

/// A way to show pictures in a terminal.
public enum GraphicsProtocol: String, CaseIterable, Sendable {
  /// The kitty graphics protocol: exact colours, compressed.
  case kitty
  /// iTerm2's inline images: JPEG files.
  case iterm2
  /// DEC sixel images: every pixel, up to 256 colours at once.
  case sixel
  /// The character `▀` in two colours: two pixels to a cell, on any terminal with colours.
  case half

  /// The best protocol that the terminal can show.
  ///
  /// Inside tmux this is sixel only if tmux itself takes sixel, as its answer to the probe says.
  public static func best(for capabilities: Capabilities) -> GraphicsProtocol {
    guard capabilities.colorDepth > .monochrome else { return .half }
    if capabilities.kitty { return .kitty }
    if capabilities.inlineImages { return .iterm2 }
    return capabilities.sixel ? .sixel : .half
  }

  /// Whether the picture is made of the terminal's pixels, not of characters.
  public var usesPixels: Bool { self != .half }
}
