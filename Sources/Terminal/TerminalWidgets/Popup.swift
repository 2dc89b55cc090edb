import TerminalScreen

/// A box with a border and a title, in front of everything else.
public struct Popup: Hashable, Sendable {
  public var title: String
  /// Text in the lower border, such as how to close the box.
  public var footer: String

  public init(title: String, footer: String = "") {
    self.title = title
    self.footer = footer
  }

  /// Draws the empty box and returns the rectangle inside its border.
  public func render(into cells: inout CellBuffer, _ rect: Rect, styles: WidgetStyles) -> Rect {
    cells.fill(rect, with: Cell(style: styles.text))
    guard rect.width >= 2, rect.height >= 2 else { return Rect(x: rect.x, y: rect.y, width: 0, height: 0) }
    let line = String(repeating: "─", count: rect.width - 2)
    cells.write("┌" + line + "┐", x: rect.x, y: rect.y, style: styles.border)
    cells.write("└" + line + "┘", x: rect.x, y: rect.maxY - 1, style: styles.border)
    for y in rect.y + 1..<rect.maxY - 1 {
      cells.write("│", x: rect.x, y: y, style: styles.border)
      cells.write("│", x: rect.maxX - 1, y: y, style: styles.border)
    }
    label(title, y: rect.y, style: styles.heading, into: &cells, rect)
    label(footer, y: rect.maxY - 1, style: styles.secondary, into: &cells, rect)
    return rect.inset(horizontally: 1, vertically: 1)
  }

  private func label(_ text: String, y: Int, style: Style, into cells: inout CellBuffer, _ rect: Rect) {
    guard !text.isEmpty, rect.width > 6 else { return }
    let text = TextFitting.shortened(text, columns: rect.width - 6)
    cells.write(" \(text) ", x: rect.x + 2, y: y, style: style)
  }
}
