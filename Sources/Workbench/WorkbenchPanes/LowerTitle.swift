import TerminalScreen
import TerminalWidgets
import WorkbenchCore

/// The first row of the panes that share the lower right: their names, and a fact of the shown one at the right end where
/// there is room.
struct LowerTitle {
  var detail = ""

  /// Draws the title and returns the rows below it.
  func render(_ state: State, into cells: inout CellBuffer, theme: Theme) -> Rect {
    let body = PaneTitle(text: "", detail: "", hasFocus: false).render(
      into: &cells, state.layout.layers, theme: theme)
    let row = Rect(x: body.x, y: state.layout.layers.y, width: body.width, height: 1)
    var end = row.x
    for tab in PaneTabs(state: state).tabs {
      let isShown = tab.pane == state.lower
      let role: Theme.Role = isShown ? (state.focus == state.lower ? .focus : .text) : .dim
      cells.write(tab.text, x: tab.place.x, y: tab.place.y, style: theme.style(role), clip: row)
      end = tab.place.maxX
    }
    let place = row.maxX - DisplayWidth.of(detail)
    if place > end + 1 { cells.write(detail, x: place, y: row.y, style: theme.style(.dim), clip: row) }
    return body
  }
}
