import TerminalScreen
import TerminalWidgets
import WorkbenchCore

/// A step of the tour in a box over the lower part of the picture.
struct TourPopup {
  let theme: Theme
  let keyMap: KeyMap

  private static let width = 58

  func render(_ state: State, into cells: inout CellBuffer) {
    guard let index = state.tourStep, Tour.steps.indices.contains(index) else { return }
    let step = Tour.steps[index]
    let styles = theme.popupStyles
    let panes = Rect(x: 0, y: 0, width: cells.width, height: state.layout.status.y)
    let width = min(Self.width, panes.width - 4)
    let texts = Tour.steps.map { TextFitting.wrapped(Tour.text(of: $0, keyMap: keyMap), columns: width - 6) }
    let lines = texts[index]
    // The same for all steps, so that the box stays where it is.
    let height = min((texts.map(\.count).max() ?? 0) + 4, panes.height)
    let box = Rect(
      x: max((panes.width - width) / 2, 0), y: max((panes.height - height) / 2, 0), width: width,
      height: height)
    let inside = Popup(title: step.title, footer: "\(index + 1) of \(Tour.steps.count)").render(
      into: &cells, box, styles: styles
    ).inset(horizontally: 2, vertically: 1)
    for (row, line) in lines.prefix(inside.height).enumerated() {
      cells.write(line, x: inside.x, y: inside.y + row, style: styles.text, clip: inside)
    }
  }
}
