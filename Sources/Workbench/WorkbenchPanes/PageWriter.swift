import TerminalScreen
import TerminalWidgets
import WorkbenchCore

/// Writes the lines of a page one below the other, as many as fit.
struct PageWriter {
  private var rest: Rect
  private let theme: Theme

  init(_ rect: Rect, theme: Theme) {
    rest = rect
    self.theme = theme
  }

  /// What is left of the page.
  var remaining: Rect { rest }

  /// The next free row; nil when the page is full.
  mutating func next() -> Rect? {
    guard rest.height > 0 else { return nil }
    defer { rest = Rect(x: rest.x, y: rest.y + 1, width: rest.width, height: rest.height - 1) }
    return Rect(x: rest.x, y: rest.y, width: rest.width, height: 1)
  }

  /// Leaves a row free.
  mutating func skip() { _ = next() }

  /// Writes a line, and what belongs to its right end.
  mutating func line(
    _ text: String, right: String = "", _ role: Theme.Role = .text, into cells: inout CellBuffer
  ) {
    guard let row = next() else { return }
    let width = max(row.width - (right.isEmpty ? 0 : DisplayWidth.of(right) + 1), 0)
    cells.write(
      TextFitting.shortened(text, columns: width, cut: .middle), x: row.x, y: row.y, style: theme.style(role),
      clip: row)
    cells.write(right, x: row.maxX - DisplayWidth.of(right), y: row.y, style: theme.style(role), clip: row)
  }

  /// Writes a text over as many lines as it takes.
  mutating func paragraph(_ text: String, _ role: Theme.Role = .text, into cells: inout CellBuffer) {
    for part in TextFitting.wrapped(text, columns: rest.width) { line(part, role, into: &cells) }
  }
}
