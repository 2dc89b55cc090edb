import TerminalScreen
import TerminalWidgets
import WorkbenchCore

/// What a screen too small to work on says instead.
struct SmallScreen {
  let theme: Theme

  func render(_ state: State, into cells: inout CellBuffer) {
    let size = state.layout.screen
    let least = Layout.minimumSize
    let text =
      "The terminal has \(size.columns)×\(size.rows) cells. Make it at least \(least.columns)×\(least.rows)."
    let lines = TextFitting.wrapped(text, columns: max(size.columns - 2, 1))
    let top = max((size.rows - lines.count) / 2, 0)
    for (index, line) in lines.prefix(size.rows).enumerated() {
      let x = max((size.columns - DisplayWidth.of(line)) / 2, 0)
      cells.write(line, x: x, y: top + index, style: theme.style(.text))
    }
  }
}
