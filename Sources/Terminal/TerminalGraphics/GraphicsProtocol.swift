import TerminalScreen

/// A way to show pictures in a terminal.
public enum GraphicsProtocol: String, CaseIterable, Sendable {
  /// DEC sixel images: every pixel, up to 256 colours at once.
  case sixel
  /// The character `▀` in two colours: two pixels to a cell, on any terminal with colours.
  case half

  /// The best protocol that the terminal can show.
  ///
  /// Inside tmux this is sixel only if tmux itself takes sixel, as its answer to the probe says.
  public static func best(for capabilities: Capabilities) -> GraphicsProtocol {
    capabilities.sixel && capabilities.colorDepth > .monochrome ? .sixel : .half
  }
}
