import TerminalScreen
import WorkbenchCore

/// A bitmap to draw marks on; whatever falls outside is clipped.
struct Canvas {
  private(set) var bitmap: Bitmap

  init(_ bitmap: Bitmap) { self.bitmap = bitmap }

  mutating func setPixel(_ x: Int, _ y: Int, _ color: Theme.Pixel) {
    guard x >= 0, y >= 0, x < bitmap.width, y < bitmap.height else { return }
    let index = 3 * (y * bitmap.width + x)
    bitmap.pixels[index] = color.red
    bitmap.pixels[index + 1] = color.green
    bitmap.pixels[index + 2] = color.blue
  }

  /// Fills the pixels from (`left`, `top`) up to but not including (`right`, `bottom`).
  mutating func fill(left: Int, top: Int, right: Int, bottom: Int, _ color: Theme.Pixel) {
    for y in max(top, 0)..<max(min(bottom, bitmap.height), max(top, 0)) {
      for x in max(left, 0)..<max(min(right, bitmap.width), max(left, 0)) { setPixel(x, y, color) }
    }
  }

  /// Fills the pixels whose centre is not farther than `radius` from the centre of pixel (x, y).
  mutating func disk(x: Int, y: Int, radius: Double, _ color: Theme.Pixel) {
    let reach = Int(radius)
    for dy in -reach...reach {
      for dx in -reach...reach where Double(dx * dx + dy * dy) <= radius * radius {
        setPixel(x + dx, y + dy, color)
      }
    }
  }

  /// Draws the one-pixel border of the rectangle whose corner pixels are given.
  mutating func frame(left: Int, top: Int, right: Int, bottom: Int, _ color: Theme.Pixel) {
    fill(left: left, top: top, right: right + 1, bottom: top + 1, color)
    fill(left: left, top: bottom, right: right + 1, bottom: bottom + 1, color)
    fill(left: left, top: top, right: left + 1, bottom: bottom + 1, color)
    fill(left: right, top: top, right: right + 1, bottom: bottom + 1, color)
  }
}
