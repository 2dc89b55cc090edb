import Images
import TerminalGraphics
import TerminalScreen
import TerminalWidgets
import VisionTasks
import WorkbenchCore

/// The picture with its mask, clicks, box and crosshair, composited into one bitmap.
struct ImagePane {
  private let theme: Theme
  private var encoder: PictureEncoder
  private var raster: (view: ViewKey, raster: PictureRaster)?
  private var bitmap: (marks: MarksKey, bitmap: Bitmap)?

  /// What the resampled picture depends on.
  private struct ViewKey: Equatable {
    var path: String
    var viewport: Viewport
  }

  /// What the marks on the picture depend on.
  private struct MarksKey: Equatable {
    var mask: Mask?
    var prompts: ClickPrompts
    var crosshair: ImagePoint?
    var drag: [PanePoint]
    var corner: ImagePoint?
  }

  init(theme: Theme, encoder: PictureEncoder) {
    self.theme = theme
    self.encoder = encoder
  }

  /// Leaves the pane's cells to the picture and returns it, or says why there is none.
  mutating func render(_ state: State, into cells: inout CellBuffer) -> Graphic? {
    guard let view = state.view, !state.layout.imagePixels.isEmpty else {
      renderMessage(state, into: &cells)
      return nil
    }
    let rect = state.layout.bitmap
    cells.fill(rect, with: .picture)
    return encoder.graphic(of: compose(state, view), in: rect)
  }

  /// The bitmap that shows a view and all marks on it.
  private mutating func compose(_ state: State, _ view: PictureView) -> Bitmap {
    let raster = raster(of: view)
    let drag = state.drag.flatMap { $0.purpose == .select && $0.isMoving ? [$0.start, $0.now] : nil }
    let marks = MarksKey(
      mask: state.mask, prompts: state.document?.prompts ?? ClickPrompts(),
      crosshair: view.crosshair.isVisible ? view.crosshair.position : nil, drag: drag ?? [],
      corner: state.boxCorner)
    if let bitmap, bitmap.marks == marks { return bitmap.bitmap }
    let base = marks.mask.map { mask in
      raster.bitmap(mask: mask, outline: state.layout.cell.height < 8 ? nil : theme.pixel(.outline))
    }
    var canvas = Canvas(base ?? raster.plain)
    draw(marks, view: view, cell: state.layout.cell, on: &canvas)
    bitmap = (marks, canvas.bitmap)
    return canvas.bitmap
  }

  private mutating func raster(of view: PictureView) -> PictureRaster {
    let key = ViewKey(path: view.path, viewport: view.viewport)
    if let raster, raster.view == key { return raster.raster }
    let new = PictureRaster(image: view.image, viewport: view.viewport, theme: theme)
    raster = (key, new)
    bitmap = nil
    encoder.setPalette(
      pictures: [new.plain, new.tinted],
      reserved: Theme.Overlay.allCases.filter { $0 != .mask }.map { overlay in
        let pixel = theme.pixel(overlay)
        return Palette.Entry(red: pixel.red, green: pixel.green, blue: pixel.blue)
      })
    return new
  }

  private func draw(_ marks: MarksKey, view: PictureView, cell: PixelSize, on canvas: inout Canvas) {
    let pen = PromptMarks(viewport: view.viewport, theme: theme, cell: cell)
    if let box = marks.prompts.box, marks.drag.isEmpty {
      pen.draw(boxFrom: ImagePoint(x: box.x0, y: box.y0), to: ImagePoint(x: box.x1, y: box.y1), on: &canvas)
    }
    if let start = marks.drag.first, let end = marks.drag.last {
      pen.draw(
        boxFrom: view.viewport.imagePoint(at: start), to: view.viewport.imagePoint(at: end), on: &canvas)
    }
    if let corner = marks.corner, let crosshair = marks.crosshair {
      pen.draw(boxFrom: corner, to: crosshair, on: &canvas)
    }
    for click in marks.prompts.clicks { pen.draw(click, on: &canvas) }
    if let crosshair = marks.crosshair { pen.draw(crosshairAt: crosshair, on: &canvas) }
  }

  private func renderMessage(_ state: State, into cells: inout CellBuffer) {
    let pane = state.layout.image
    let (text, role): (String, Theme.Role)
    if let failure = state.failure {
      (text, role) = (failure, .error)
    } else if let path = state.loadingPath {
      (text, role) = ("Opening \(path)", .dim)
    } else {
      (text, role) = ("No image", .dim)
    }
    let lines = TextFitting.wrapped(text, columns: pane.width - 4)
    for (index, line) in lines.prefix(max(pane.height, 0)).enumerated() {
      let x = pane.x + (pane.width - DisplayWidth.of(line)) / 2
      let y = pane.y + max((pane.height - lines.count) / 2, 0) + index
      cells.write(line, x: x, y: y, style: theme.style(role), clip: pane)
    }
  }
}
