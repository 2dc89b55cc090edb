import TerminalScreen

/// The styles that widgets draw with; a theme fills them in.
public struct WidgetStyles: Hashable, Sendable {
  /// Ordinary text and the ground behind it.
  public var text: Style
  /// Less important text.
  public var secondary: Style
  /// Titles and column headings.
  public var heading: Style
  /// The selected row while its pane has the keyboard.
  public var selection: Style
  /// The selected row of other panes.
  public var inactiveSelection: Style
  /// Borders of boxes.
  public var border: Style
  /// The filled part of gauges and heat bars.
  public var bar: Style
  /// Names of keys.
  public var key: Style
  /// The text cursor of a prompt.
  public var cursor: Style

  /// Makes styles; without arguments, ones that work without colours.
  public init(
    text: Style = .plain, secondary: Style = Style(dim: true), heading: Style = Style(bold: true),
    selection: Style = Style(reverse: true), inactiveSelection: Style = Style(underline: true),
    border: Style = .plain, bar: Style = Style(reverse: true), key: Style = Style(bold: true),
    cursor: Style = Style(reverse: true)
  ) {
    self.text = text
    self.secondary = secondary
    self.heading = heading
    self.selection = selection
    self.inactiveSelection = inactiveSelection
    self.border = border
    self.bar = bar
    self.key = key
    self.cursor = cursor
  }
}
