import TerminalScreen
import VisionTasks
import WorkbenchCore

/// Draws the boxes, points and numbers of faces over the picture.
struct FaceMarks {
  private static let digits = [
    "111101101101111", "010110010010111", "111001111100111", "111001111001111", "101101111001001",
    "111100111001111", "111100111101111", "111001001001001", "111101111101111", "111101111001111",
  ]

  /// Of a face that is narrower on the screen, in pixels, points would hide more than they show.
  private static let (leastSide, leastCoarseSide) = (64, 16)

  let viewport: Viewport
  let theme: Theme
  /// Pixels per cell; marks are a fraction of a cell's height.
  let cell: PixelSize

  private var isCoarse: Bool { cell.height < 8 }

  /// Draws a face with its number, from 1.
  func draw(_ parsed: ParsedFace, number: Int, on canvas: inout Canvas) {
    let box = parsed.face.box
    PromptMarks(viewport: viewport, theme: theme, cell: cell).draw(
      boxFrom: ImagePoint(x: box.x0, y: box.y0), to: ImagePoint(x: box.x1, y: box.y1), on: &canvas)
    let corner = pixel(DetectedFace.Point(x: box.x0, y: box.y0))
    let side = pixel(DetectedFace.Point(x: box.x1, y: box.y1)).x - corner.x
    if side >= (isCoarse ? Self.leastCoarseSide : Self.leastSide) {
      for point in parsed.landmarks { dot(point, theme.pixel(.outline), on: &canvas) }
      for point in parsed.face.points { dot(point, theme.pixel(.positive), on: &canvas) }
    }
    guard !isCoarse else { return }
    draw(number, x: corner.x + 3, y: corner.y + 3, on: &canvas)
  }

  private func dot(_ point: DetectedFace.Point, _ color: Theme.Pixel, on canvas: inout Canvas) {
    let (x, y) = pixel(point)
    guard !isCoarse else { return canvas.setPixel(x, y, color) }
    canvas.fill(left: x - 1, top: y - 1, right: x + 2, bottom: y + 2, theme.pixel(.edge))
    canvas.setPixel(x, y, color)
  }

  /// A number in digits of three by five squares.
  private func draw(_ number: Int, x: Int, y: Int, on canvas: inout Canvas) {
    let side = max(cell.height / 8, 2)
    let text = String(number)
    canvas.fill(
      left: x, top: y, right: x + side * (4 * text.count + 1), bottom: y + 7 * side, theme.pixel(.edge))
    for (place, character) in text.enumerated() {
      let pattern = Array(Self.digits[character.wholeNumberValue ?? 0])
      for (index, square) in pattern.enumerated() where square == "1" {
        let left = x + side * (4 * place + 1 + index % 3)
        let top = y + side * (1 + index / 3)
        canvas.fill(left: left, top: top, right: left + side, bottom: top + side, theme.pixel(.box))
      }
    }
  }

  private func pixel(_ point: DetectedFace.Point) -> (x: Int, y: Int) {
    let place = viewport.panePoint(of: ImagePoint(x: point.x, y: point.y))
    let limit = 1e6
    return (
      Int(min(max(place.x, -limit), limit).rounded(.down)),
      Int(min(max(place.y, -limit), limit).rounded(.down))
    )
  }
}
