import Annotations
import TerminalScreen
import TerminalWidgets
import WorkbenchCore

/// Everything that was done to the photo, in order: the current step, the branch it lies on, and dim those that were left
/// by undoing.
struct HistoryPane {
  let theme: Theme

  func render(_ state: State, into cells: inout CellBuffer) {
    guard !state.layout.layers.isEmpty else { return }
    let detail = state.document.map { "\($0.current)/\($0.steps.count - 1)" } ?? ""
    let body = LowerTitle(detail: detail).render(state, into: &cells, theme: theme)
    guard let document = state.document else { return }
    let window = HistoryWindow(state: state)
    let branch = document.branch
    let digits = String(document.steps.count).count
    let items = window.range.map { id in
      let step = document.steps[id]
      let isOnBranch = branch.contains(id)
      let mark = id == document.current ? "●" : isOnBranch ? "│" : "┆"
      let number = TextFitting.fitted("\(id)", columns: digits, alignment: .right)
      // A step that does not follow the one above says which it follows.
      let detail = step.previous.flatMap { $0 == id - 1 ? nil : "after \($0)" } ?? ""
      let role: Theme.Role = id == document.current ? .accent : isOnBranch ? .text : .dim
      return List.Item(
        "\(number) \(mark) \(Self.text(step, document))", detail: detail, style: theme.style(role))
    }
    List(
      items: items, selection: state.focus == .history ? window.selected - window.range.lowerBound : nil
    ).render(into: &cells, body, styles: theme.widgetStyles)
  }

  /// What was done, to which object, and where a click was or which class it has now: `add #1 120,80`, `class #1 cat`.
  private static func text(_ step: Document.Step, _ document: Document) -> String {
    let objects = step.changed.prefix(3).map { "#\($0)" }.joined(separator: " ")
    let detail =
      switch step.verb {
      case "add", "exclude":
        document.click(addedBy: step.id).map { " \(Int($0.click.x)),\(Int($0.click.y))" } ?? ""
      case "class":
        step.changed.first.flatMap { document.className(of: $0, after: step.id) }.map { " " + $0 } ?? " none"
      default: ""
      }
    return step.verb + (objects.isEmpty ? "" : " \(objects)") + (step.changed.count > 3 ? " …" : "") + detail
  }
}
