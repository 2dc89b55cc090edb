import Images
import TerminalScreen
import WorkbenchCore

/// The whole picture small in the lower right corner, with a frame around the part that is shown.
struct Minimap: Sendable {
  private let thumbnail: Image

  /// The side of the pane is this many times longer than the map's.
  private static let part = 5

  /// Makes the map of a picture; nil where there is no room for one.
  init?(image: Image, pyramid: ImagePyramid?, pane: PixelSize) {
    let (width, height) = (pane.width / Self.part, pane.height / Self.part)
    let scale = min(Double(width) / Double(image.width), Double(height) / Double(image.height))
    let size = (Int(Double(image.width) * scale), Int(Double(image.height) * scale))
    guard size.0 >= 8, size.1 >= 6, scale < 1 else { return nil }
    let source = pyramid.map { $0.levels[$0.level(forScale: scale)] } ?? image
    thumbnail = source.resized(width: size.0, height: size.1, filter: .areaAverage)
  }

  func draw(viewport: Viewport, theme: Theme, isCoarse: Bool, on canvas: inout Canvas) {
    let margin = isCoarse ? 1 : 8
    let left = viewport.pane.width - margin - thumbnail.width
    let top = viewport.pane.height - margin - thumbnail.height
    for y in 0..<thumbnail.height {
      for x in 0..<thumbnail.width {
        let pixel = thumbnail[x, y]
        canvas.setPixel(
          left + x, top + y, Theme.Pixel(red: pixel.red, green: pixel.green, blue: pixel.blue))
      }
    }
    canvas.frame(
      left: left - 1, top: top - 1, right: left + thumbnail.width, bottom: top + thumbnail.height,
      theme.pixel(.edge))
    let first = viewport.imagePoint(at: PanePoint(x: 0, y: 0))
    let last = viewport.imagePoint(
      at: PanePoint(x: Double(viewport.pane.width), y: Double(viewport.pane.height)))
    func place(_ value: Double, _ length: Int, _ pixels: Int) -> Int {
      min(max(Int((value / Double(length) * Double(pixels)).rounded()), 0), pixels - 1)
    }
    canvas.frame(
      left: left + place(first.x, viewport.image.width, thumbnail.width),
      top: top + place(first.y, viewport.image.height, thumbnail.height),
      right: left + place(last.x, viewport.image.width, thumbnail.width),
      bottom: top + place(last.y, viewport.image.height, thumbnail.height), theme.pixel(.crosshair))
  }
}
