import Foundation
import TerminalScreen
import TerminalWidgets
import WorkbenchCore

/// The images to work on: the open one stands out, a dot marks masks that no file holds.
struct FilesPane {
  let theme: Theme

  func render(_ state: State, into cells: inout CellBuffer) {
    let pane = state.layout.files
    guard !pane.isEmpty else { return }
    let hasFocus = state.focus == .files
    let count = state.files.paths.count
    let title = PaneTitle(
      text: "Files", detail: count == 0 ? "" : "\(state.files.current + 1)/\(count)", hasFocus: hasFocus)
    let body = title.render(into: &cells, pane, theme: theme)
    let window = FilesWindow(state: state)
    let list = List(
      items: window.range.map { item(at: $0, state) },
      selection: hasFocus ? state.selectedFile - window.range.lowerBound : nil, cut: .middle)
    list.render(into: &cells, body, styles: theme.widgetStyles)
  }

  private func item(at index: Int, _ state: State) -> List.Item {
    let path = state.files.paths[index]
    let name = (path as NSString).lastPathComponent
    let isOpen = index == state.files.current
    let mark: String
    if let document = state.documents[path], document.hasObjects {
      mark = document.isDirty ? "●" : "✓"
    } else {
      mark = ""
    }
    return List.Item(name, detail: mark, style: theme.style(isOpen ? .accent : .text))
  }
}
