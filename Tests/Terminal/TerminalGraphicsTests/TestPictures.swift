import TerminalGraphics
import TerminalScreen

/// Bitmaps made by formulas.
enum TestPictures {
  /// A smooth picture of many colours.
  static func plasma(width: Int, height: Int, seed: Int) -> Bitmap {
    var bitmap = Bitmap(width: width, height: height)
    for y in 0..<height {
      for x in 0..<width {
        bitmap.set(
          x: x, y: y,
          Palette.Entry(
            red: UInt8((x * 3 + seed * 17) % 256), green: UInt8((y * 5 + x) % 256),
            blue: UInt8((x * y / 7) % 256)))
      }
    }
    return bitmap
  }
}

extension Bitmap {
  mutating func set(x: Int, y: Int, _ color: Palette.Entry) {
    let index = (y * width + x) * 3
    pixels[index] = color.red
    pixels[index + 1] = color.green
    pixels[index + 2] = color.blue
  }

  func entry(x: Int, y: Int) -> Palette.Entry { Sixels.entry(pixels, (y * width + x) * 3) }
}
