import TerminalScreen
import TerminalWidgets
import WorkbenchCore

/// The last row: a question, or what the last action had to say, or the keys of what has the keyboard.
struct HintsPane {
  let theme: Theme
  let keyMap: KeyMap

  func render(_ state: State, into cells: inout CellBuffer) {
    cells.fill(state.layout.hints, with: Cell(style: theme.style(.text)))
    let row = state.layout.hints.inset(horizontally: 1, vertically: 0)
    if let question = state.question {
      renderQuestion(question, row, into: &cells)
    } else if let notice = state.notice {
      let text = TextFitting.shortened(notice.text, columns: row.width, cut: .middle)
      cells.write(text, x: row.x, y: row.y, style: theme.style(Self.role(of: notice.kind)), clip: row)
    } else {
      HintLine(hints(in: state.context)).render(into: &cells, row, styles: theme.widgetStyles)
    }
  }

  private func renderQuestion(_ question: Question, _ row: Rect, into cells: inout CellBuffer) {
    let hints = hints(in: .question)
    let hintWidth = hints.reduce(0) { $0 + DisplayWidth.of($1.key) + DisplayWidth.of($1.text) + 3 }
    let text = TextFitting.shortened(question.text, columns: max(row.width - hintWidth - 2, 1), cut: .middle)
    let width = cells.write(text, x: row.x, y: row.y, style: theme.style(.warning), clip: row) + 2
    HintLine(hints).render(
      into: &cells, Rect(x: row.x + width, y: row.y, width: row.width - width, height: 1),
      styles: theme.widgetStyles)
  }

  /// The commands of a context that belong into the line, the most important first.
  private func hints(in context: Command.Context) -> [HintLine.Hint] {
    CommandTable.all
      .filter { $0.hint != nil && $0.contexts.contains(context) }
      .sorted { ($0.hint ?? 0) < ($1.hint ?? 0) }
      .compactMap { command in
        keyMap.keys(for: command).first.map { HintLine.Hint(key: $0.label, text: command.title) }
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
