/// What the terminal can do, as its answers and the environment say.
public struct Capabilities: Hashable, Sendable {
  /// Where the cell size comes from, the most reliable first.
  public enum CellSizeSource: String, Hashable, Sendable {
    /// The terminal's answer to `CSI 16 t`.
    case reported
    /// The sixel text area divided by columns and rows.
    case graphicsArea
    /// The window size of the terminal device, which may count a border.
    case window
    /// 10 by 20, for want of any answer.
    case assumed
  }

  /// The `TERM` variable.
  public var terminalType = ""
  /// The terminal's own name and version, as XTVERSION gives it.
  public var terminalName: String?
  /// Whether sixel images can be shown.
  public var sixel = false
  /// How many colours a sixel image may have.
  public var sixelColors = 256
  /// The widest and highest sixel image in pixels; nil when the terminal does not say.
  public var sixelMaximum: PixelSize?
  /// Whether the kitty graphics protocol is there.
  public var kitty = false
  /// Whether iTerm2's inline images are there.
  public var inlineImages = false
  /// Whether the terminal says when it has handled everything sent so far (DSR 5).
  public var reportsStatus = false
  /// The width of a cell in pixels.
  public var cellWidth = 10
  /// The height of a cell in pixels.
  public var cellHeight = 20
  public var cellSizeSource = CellSizeSource.assumed
  /// Whether the mouse can be reported in pixels (mode 1016).
  public var pixelMouse = false
  /// Whether a frame can be made to appear at once (mode 2026).
  public var synchronizedOutput = false
  public var colorDepth = ColorDepth.palette16
  /// Whether tmux is between here and the terminal.
  public var insideTmux = false
  /// Whether GNU screen is between here and the terminal.
  public var insideScreen = false
  /// Whether the terminal is at the other end of an SSH connection.
  public var overSSH = false
  /// Whether the terminal answered the queries at all.
  public var answered = false

  /// Makes the capabilities of a terminal of which nothing is known.
  public init() {}

  /// Whether 24-bit colours are shown.
  public var trueColor: Bool { colorDepth == .trueColor }
}

/// A size in pixels.
public struct PixelSize: Hashable, Sendable {
  public var width, height: Int
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
}
