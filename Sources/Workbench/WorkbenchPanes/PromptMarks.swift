import Foundation
import TerminalScreen
import VisionTasks
import WorkbenchCore

/// Draws clicks, boxes and the crosshair over the picture, each with a dark edge to be seen on any picture.
struct PromptMarks {
  let viewport: Viewport
  let theme: Theme
  /// Pixels per cell; marks are a fraction of a cell's height.
  let cell: PixelSize

  /// Whether the bitmap is too coarse for more than single pixels, as half-blocks are.
  private var isCoarse: Bool { cell.height < 8 }

  /// A disk with a plus or a minus in it.
  func draw(_ click: Click, on canvas: inout Canvas) {
    let (x, y) = pixel(of: ImagePoint(x: click.x, y: click.y))
    let color = theme.pixel(click.isPositive ? .positive : .negative)
    guard !isCoarse else { return canvas.setPixel(x, y, color) }
    let radius = max(3, Double(cell.height) * 0.24)
    let arm = Int(radius * 0.6)
    let edge = theme.pixel(.edge)
    canvas.disk(x: x, y: y, radius: radius + 1.5, edge)
    canvas.disk(x: x, y: y, radius: radius, color)
    canvas.fill(left: x - arm, top: y, right: x + arm + 1, bottom: y + 1, edge)
    if click.isPositive { canvas.fill(left: x, top: y - arm, right: x + 1, bottom: y + arm + 1, edge) }
  }

  /// A thin frame between two opposite corners.
  func draw(boxFrom first: ImagePoint, to second: ImagePoint, on canvas: inout Canvas) {
    let (x0, y0) = pixel(of: first)
    let (x1, y1) = pixel(of: second)
    let (left, right, top, bottom) = (min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1))
    if !isCoarse {
      let edge = theme.pixel(.edge)
      canvas.frame(left: left - 1, top: top - 1, right: right + 1, bottom: bottom + 1, edge)
      canvas.frame(left: left + 1, top: top + 1, right: right - 1, bottom: bottom - 1, edge)
    }
    canvas.frame(left: left, top: top, right: right, bottom: bottom, theme.pixel(.box))
  }

  /// A thin line through points.
  func draw(outline points: [ImagePoint], on canvas: inout Canvas) {
    let places = points.map(pixel)
    for (start, end) in zip(places, places.dropFirst().isEmpty ? places[...] : places.dropFirst()) {
      let count = max(abs(end.x - start.x), abs(end.y - start.y), 1)
      guard count < canvas.bitmap.width + canvas.bitmap.height else { continue }
      for step in 0...count {
        let x = start.x + (end.x - start.x) * step / count
        let y = start.y + (end.y - start.y) * step / count
        if !isCoarse { canvas.setPixel(x + 1, y + 1, theme.pixel(.edge)) }
        canvas.setPixel(x, y, theme.pixel(.box))
      }
    }
  }

  /// The circle that a brush of so many image pixels paints.
  func draw(brushAt centre: ImagePoint, size: Int, on canvas: inout Canvas) {
    let radius = Double(size) / 2
    let count = max(Int(radius * viewport.scale), 16)
    guard radius * viewport.scale >= 1.5, count < 4096 else { return }
    let points = (0...count).map { index in
      let angle = 2 * Double.pi * Double(index) / Double(count)
      return ImagePoint(x: centre.x + radius * cos(angle), y: centre.y + radius * sin(angle))
    }
    draw(outline: points, on: &canvas)
  }

  /// Four arms around a gap that leaves the pixel meant in sight.
  func draw(crosshairAt point: ImagePoint, on canvas: inout Canvas) {
    let (x, y) = pixel(of: point)
    let color = theme.pixel(.crosshair)
    let gap = isCoarse ? 1 : max(3, cell.height / 5)
    let end = isCoarse ? 3 : gap + max(6, cell.height / 2)
    if !isCoarse { arms(x, y, gap: gap - 1, end: end + 1, halfWidth: 1, theme.pixel(.edge), on: &canvas) }
    arms(x, y, gap: gap, end: end, halfWidth: 0, color, on: &canvas)
  }

  private func arms(
    _ x: Int, _ y: Int, gap: Int, end: Int, halfWidth: Int, _ color: Theme.Pixel, on canvas: inout Canvas
  ) {
    let low = halfWidth
    let high = halfWidth + 1
    canvas.fill(left: x - end, top: y - low, right: x - gap + 1, bottom: y + high, color)
    canvas.fill(left: x + gap, top: y - low, right: x + end + 1, bottom: y + high, color)
    canvas.fill(left: x - low, top: y - end, right: x + high, bottom: y - gap + 1, color)
    canvas.fill(left: x - low, top: y + gap, right: x + high, bottom: y + end + 1, color)
  }

  /// The bitmap's pixel that a point of the picture falls into.
  private func pixel(of point: ImagePoint) -> (x: Int, y: Int) {
    let place = viewport.panePoint(of: point)
    let limit = 1e6
    return (
      Int(min(max(place.x, -limit), limit).rounded(.down)),
      Int(min(max(place.y, -limit), limit).rounded(.down))
    )
  }
}
