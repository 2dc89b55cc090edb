import Images
import TerminalGraphics
import TerminalScreen
import WorkbenchCore

/// The small pictures of the files in sight, composited into one bitmap at the left of the files pane.
struct ThumbnailStrip {
  private var encoder: PictureEncoder
  private var shown: (key: Key, bitmap: Bitmap)?

  /// What the bitmap depends on.
  private struct Key: Equatable {
    var paths: [String]
    var revision: Int
    var rect: Rect
    var ground: Theme.Pixel
  }

  init(encoder: PictureEncoder) { self.encoder = encoder }

  /// Leaves the strip's cells to the pictures and returns them; nil where the pane does not show any.
  mutating func render(_ state: State, theme: Theme, into cells: inout CellBuffer) -> Graphic? {
    let window = FilesWindow(state: state)
    guard window.thumbnailColumns > 0, !window.range.isEmpty else { return nil }
    let rect = Rect(
      x: state.layout.files.x + 1, y: window.top, width: window.thumbnailColumns,
      height: window.range.count * window.rowsPerFile)
    cells.fill(rect, with: .picture)
    let paths = window.range.map { state.files.paths[state.files.index(at: $0)] }
    let key = Key(
      paths: paths, revision: state.thumbnails.revision, rect: rect, ground: theme.pixel(.backdrop))
    if shown?.key != key {
      let bitmap = compose(key, state.thumbnails, rowsPerFile: window.rowsPerFile)
      encoder.setPalette(pictures: [bitmap])
      shown = (key, bitmap)
    }
    return shown.map { encoder.graphic(of: $0.bitmap, in: rect) }
  }

  /// One picture below the other, each in the middle of its place with a little ground around it.
  private func compose(_ key: Key, _ thumbnails: Thumbnails, rowsPerFile: Int) -> Bitmap {
    let cell = encoder.cellSize
    let size = encoder.bitmapSize(for: key.rect)
    let place = PixelSize(width: size.width, height: rowsPerFile * cell.height)
    let gap = cell.height < 8 ? 1 : 4
    let ground = key.ground
    var bitmap = Bitmap(
      width: size.width, height: size.height, red: ground.red, green: ground.green, blue: ground.blue)
    for (index, path) in key.paths.enumerated() {
      guard let picture = thumbnails.picture(of: path) else { continue }
      let scale = min(
        Double(place.width - gap) / Double(picture.width), Double(place.height - gap) / Double(picture.height)
      )
      let width = max(Int(Double(picture.width) * scale), 1)
      let height = max(Int(Double(picture.height) * scale), 1)
      let small = picture.resized(width: width, height: height, filter: .areaAverage)
      let left = (place.width - gap - width) / 2
      let top = index * place.height + (place.height - gap - height) / 2
      for y in 0..<height {
        let from = 3 * y * width
        let to = 3 * ((top + y) * size.width + left)
        bitmap.pixels.replaceSubrange(to..<to + 3 * width, with: small.pixels[from..<from + 3 * width])
      }
    }
    return bitmap
  }
}
