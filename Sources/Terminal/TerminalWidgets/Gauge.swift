import TerminalScreen

/// A bar that is filled in part, in steps of an eighth of a cell.
public struct Gauge: Hashable, Sendable {
  /// The filled part, 0 to 1.
  public var fraction: Double
  /// Text before the bar.
  public var label: String
  /// Text behind the bar.
  public var value: String

  private static let eighths: [Character] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  public init(fraction: Double, label: String = "", value: String = "") {
    self.fraction = fraction
    self.label = label
    self.value = value
  }

  /// Draws the gauge in the first row of a rectangle.
  public func render(into cells: inout CellBuffer, _ rect: Rect, styles: WidgetStyles) {
    let row = Rect(x: rect.x, y: rect.y, width: rect.width, height: min(rect.height, 1))
    cells.fill(row, with: Cell(style: styles.text))
    var x = row.x
    if !label.isEmpty { x += cells.write(label + " ", x: x, y: row.y, style: styles.text, clip: row) }
    let valueText = value.isEmpty ? "" : " " + VisibleText.visible(value)
    let width = max(row.maxX - x - DisplayWidth.of(valueText), 0)
    let filled = fraction.isFinite ? Int((min(max(fraction, 0), 1) * Double(width * 8)).rounded()) : 0
    // The bar is drawn as text, so that the ground of its style shows behind the unfilled part of a cell.
    var style = styles.bar
    if style.reverse {
      (style.reverse, style.foreground, style.background) = (
        false, styles.text.foreground, styles.text.background
      )
    } else {
      (style.foreground, style.background) = (styles.bar.background, styles.text.background)
    }
    for column in 0..<width {
      let part = min(max(filled - column * 8, 0), 8)
      let character = part == 8 ? "█" : Self.eighths[part]
      cells.write(String(character), x: x + column, y: row.y, style: style, clip: row)
    }
    cells.write(valueText, x: x + width, y: row.y, style: styles.text, clip: row)
  }
}
