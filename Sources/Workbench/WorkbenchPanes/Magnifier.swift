import Images
import WorkbenchCore

/// A square that shows the pixels around the crosshair enlarged, in the corner away from it.
struct Magnifier {
  let image: Image
  let viewport: Viewport
  let theme: Theme
  let isCoarse: Bool

  /// Bitmap pixels for one pixel of the image.
  private var enlargement: Int { isCoarse ? 2 : max(8, Int(viewport.scale * 2)) }

  /// The image's pixels along a side, odd so that one is in the middle.
  private var count: Int {
    let side = min(viewport.pane.width, viewport.pane.height) / (isCoarse ? 2 : 4)
    return min(max(side / enlargement, 3), 41) | 1
  }

  /// - Parameter inside: Whether the pixels of columns and rows lie on the mask; nil where none is to be seen.
  func draw(
    at point: ImagePoint, tint: Mix?, inside: ((_ columns: [Int], _ rows: [Int]) -> [Bool])?,
    on canvas: inout Canvas
  ) {
    let (count, enlargement) = (count, enlargement)
    let side = count * enlargement
    let margin = isCoarse ? 1 : 8
    guard side + 2 * margin < min(viewport.pane.width, viewport.pane.height) else { return }
    let place = viewport.panePoint(of: point)
    let isRight = place.x < Double(viewport.pane.width) / 2
    let left = isRight ? viewport.pane.width - margin - side : margin
    let top = margin
    let columns = (0..<count).map { Int(point.x.rounded(.down)) - count / 2 + $0 }
    let rows = (0..<count).map { Int(point.y.rounded(.down)) - count / 2 + $0 }
    let covered = inside?(columns, rows)
    for (y, row) in rows.enumerated() {
      for (x, column) in columns.enumerated() {
        var color = theme.pixel(.backdrop)
        if column >= 0, row >= 0, column < image.width, row < image.height {
          let pixel = image[column, row]
          color = Theme.Pixel(red: pixel.red, green: pixel.green, blue: pixel.blue)
          if let tint, covered?[y * count + x] == true { color = tint.applied(to: color) }
        }
        canvas.fill(
          left: left + x * enlargement, top: top + y * enlargement, right: left + (x + 1) * enlargement,
          bottom: top + (y + 1) * enlargement, color)
      }
    }
    let (edge, mark) = (theme.pixel(.edge), theme.pixel(.crosshair))
    canvas.frame(left: left - 1, top: top - 1, right: left + side, bottom: top + side, edge)
    let middle = (left: left + count / 2 * enlargement, top: top + count / 2 * enlargement)
    guard !isCoarse else { return canvas.setPixel(middle.left, middle.top, mark) }
    canvas.frame(
      left: middle.left - 1, top: middle.top - 1, right: middle.left + enlargement,
      bottom: middle.top + enlargement, mark)
  }
}
