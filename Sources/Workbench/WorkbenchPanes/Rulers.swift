import TerminalScreen
import TerminalWidgets
import WorkbenchCore

/// The image's columns and rows counted along the upper and the left border of the picture.
struct Rulers {
  let theme: Theme

  /// Columns of cells that the numbers of rows take.
  private static let width = 6
  /// Cells between two numbers, at least.
  private static let spacing = (columns: 9.0, rows: 3.0)

  func render(_ state: State, into cells: inout CellBuffer) {
    guard state.seeing.hasRulers, let view = state.view else { return }
    let (rect, cell, viewport) = (state.layout.bitmap, state.layout.cell, view.viewport)
    guard rect.width > 2 * Self.width, rect.height > 3 else { return }
    let style = theme.style(.dim)
    let top = Rect(x: rect.x, y: rect.y, width: rect.width, height: 1)
    let left = Rect(x: rect.x, y: rect.y, width: Self.width, height: rect.height)
    cells.fill(top, with: Cell(style: style))
    cells.fill(left, with: Cell(style: style))
    let columnStep = Self.step(Self.spacing.columns * Double(cell.width) / viewport.scale)
    for value in stride(from: 0, to: viewport.image.width, by: columnStep) {
      let place = viewport.panePoint(of: ImagePoint(x: Double(value) + 0.5, y: 0)).x / Double(cell.width)
      let x = rect.x + Int(place.rounded(.down))
      guard x >= rect.x + Self.width, x + 1 < rect.maxX else { continue }
      cells.write("╷\(value)", x: x, y: rect.y, style: style, clip: top)
    }
    let rowStep = Self.step(Self.spacing.rows * Double(cell.height) / viewport.scale)
    for value in stride(from: 0, to: viewport.image.height, by: rowStep) {
      let place = viewport.panePoint(of: ImagePoint(x: 0, y: Double(value) + 0.5)).y / Double(cell.height)
      let y = rect.y + Int(place.rounded(.down))
      guard y > rect.y, y < rect.maxY else { continue }
      let text = TextFitting.fitted("\(value)", columns: Self.width - 1, alignment: .right) + "╴"
      cells.write(text, x: rect.x, y: y, style: style, clip: left)
    }
    guard view.crosshair.isVisible else { return }
    let place = viewport.panePoint(of: view.crosshair.position)
    let accent = theme.style(.accent)
    let x = rect.x + Int((place.x / Double(cell.width)).rounded(.down))
    if x >= rect.x + Self.width { cells.write("▾", x: x, y: rect.y, style: accent, clip: top) }
    let y = rect.y + Int((place.y / Double(cell.height)).rounded(.down))
    if y > rect.y { cells.write("▸", x: rect.x + Self.width - 1, y: y, style: accent, clip: left) }
  }

  /// The least of 1, 2, 5, 10, 20, … that is not less than a length.
  static func step(_ length: Double) -> Int {
    var power = 1
    while true {
      for factor in [1, 2, 5] where Double(factor * power) >= length { return factor * power }
      power *= 10
    }
  }
}
