import TerminalScreen
import TerminalWidgets
import WorkbenchCore

/// The last row: a question, or what the last action had to say, or the keys of what has the keyboard.
struct HintsPane {
  let theme: Theme
  let keyMap: KeyMap

  func render(_ state: State, into cells: inout CellBuffer) {
    cells.fill(state.layout.hints, with: Cell(style: theme.style(.text)))
    let bar = HintBar(state: state, keyMap: keyMap)
    let role = state.question != nil ? .warning : state.notice.map { Self.role(of: $0.kind) } ?? .text
    cells.write(bar.text, x: bar.row.x, y: bar.row.y, style: theme.style(role), clip: bar.row)
    for item in bar.items {
      HintLine([item.hint]).render(into: &cells, item.place, styles: theme.widgetStyles)
    }
  }

  private static func role(of kind: Notice.Kind) -> Theme.Role {
    switch kind {
    case .information: .accent
    case .warning: .warning
    case .error: .error
    }
  }
}
