import TerminalScreen
import TerminalWidgets
import WorkbenchCore

/// The first row of a pane at the right: its name, and a fact at the right end.
struct PaneTitle {
  var text: String
  var detail: String
  var hasFocus: Bool

  /// Draws the title and returns the rows below it.
  func render(into cells: inout CellBuffer, _ rect: Rect, theme: Theme) -> Rect {
    cells.fill(rect, with: Cell(style: theme.style(.text)))
    let row = Self.inset(Rect(x: rect.x, y: rect.y, width: rect.width, height: min(rect.height, 1)))
    cells.write(text, x: row.x, y: row.y, style: theme.style(hasFocus ? .focus : .title), clip: row)
    let place = row.maxX - DisplayWidth.of(detail)
    cells.write(detail, x: place, y: row.y, style: theme.style(.dim), clip: row)
    let body = Rect(x: rect.x, y: rect.y + row.height, width: rect.width, height: rect.height - row.height)
    return Self.inset(body)
  }

  /// Leaves a column free at each side.
  private static func inset(_ rect: Rect) -> Rect { rect.inset(horizontally: 1, vertically: 0) }
}
