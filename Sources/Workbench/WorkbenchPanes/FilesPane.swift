import Annotations
import Foundation
import TerminalScreen
import TerminalWidgets
import WorkbenchCore

/// The images to work on: the open one stands out, marks say how far the work on each is, and a bar how far it is on all.
struct FilesPane {
  let theme: Theme

  func render(_ state: State, into cells: inout CellBuffer) {
    let pane = state.layout.files
    guard !pane.isEmpty else { return }
    let hasFocus = state.focus == .files
    let body = title(state).render(into: &cells, pane, theme: theme)
    let window = FilesWindow(state: state)
    if window.hasProgress { renderProgress(state, body, into: &cells) }
    let rows = Rect(x: body.x, y: window.top, width: body.width, height: max(pane.maxY - window.top, 0))
    if window.thumbnailColumns > 0 { return renderGallery(state, window, rows, into: &cells) }
    let list = List(
      items: window.range.map { item(at: state.files.index(at: $0), state) },
      selection: hasFocus ? state.selectedFile - window.range.lowerBound : nil, cut: .middle)
    list.render(into: &cells, rows, styles: theme.widgetStyles)
  }

  /// Names beside small pictures, which are drawn for themselves.
  private func renderGallery(
    _ state: State, _ window: FilesWindow, _ rows: Rect, into cells: inout CellBuffer
  ) {
    let x = rows.x + window.thumbnailColumns + 1
    for (row, place) in window.range.enumerated() {
      let item = item(at: state.files.index(at: place), state)
      let rect = Rect(
        x: x, y: rows.y + row * window.rowsPerFile, width: max(rows.maxX - x, 0), height: 1)
      let isSelected = state.focus == .files && place == state.selectedFile
      List(items: [item], selection: isSelected ? 0 : nil, cut: .middle).render(
        into: &cells, rect, styles: theme.widgetStyles)
    }
  }

  /// `Files` or what is left of them, and the open one's place.
  private func title(_ state: State) -> PaneTitle {
    let count = state.files.count
    let filter = state.project.filter
    let name = filter == .all ? "Files" : "Files: \(TextFitting.shortened(filter.name, columns: 12))"
    let place = state.files.place(of: state.files.current) + 1
    let detail = state.project.isListing ? "…" : count == 0 ? "" : "\(place)/\(count)"
    return PaneTitle(text: name, detail: detail, hasFocus: state.focus == .files)
  }

  private func renderProgress(_ state: State, _ body: Rect, into cells: inout CellBuffer) {
    let (finished, all) = (state.project.finishedCount, state.files.paths.count)
    var styles = theme.widgetStyles
    if !styles.bar.reverse { styles.bar.background = theme.style(.positive).foreground }
    Gauge(fraction: Double(finished) / Double(max(all, 1)), value: "\(finished)/\(all) done")
      .render(into: &cells, Rect(x: body.x, y: body.y, width: body.width, height: 1), styles: styles)
  }

  private func item(at index: Int, _ state: State) -> List.Item {
    let path = state.files.paths[index]
    let isOpen = index == state.files.current
    let (mark, role) = Self.mark(state.project.record(of: path).status)
    return List.Item(
      (path as NSString).lastPathComponent, detail: mark, style: theme.style(isOpen ? .accent : .text),
      detailStyle: theme.style(role))
  }

  private static func mark(_ status: ImageStatus) -> (String, Theme.Role) {
    switch status {
    case .untouched: ("", .dim)
    case .inProgress: ("●", .accent)
    case .done: ("✓", .positive)
    case .skipped: ("–", .dim)
    }
  }
}
