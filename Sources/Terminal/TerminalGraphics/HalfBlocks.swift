import TerminalScreen

/// Shows bitmaps by the character `▀`: the upper pixel of a cell is its foreground, the lower its background.
public enum HalfBlocks {
  /// The pixels that a cell shows.
  public static let cellSize = PixelSize(width: 1, height: 2)

  /// Characters of growing brightness for terminals without colours.
  private static let ramp: [Character] = Array(" .:-=+*#%@")

  /// Offsets of a 4 x 4 pattern (Bayer 1973), which makes up for few colours.
  private static let pattern: [Int] = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5]

  /// Returns the cells that show a bitmap: one column for each pixel column, one row for each two pixel rows.
  ///
  /// - Parameter depth: The colours of the terminal. 16 colours are dithered; without colours, characters of
  ///   different brightness take their place.
  public static func cells(_ bitmap: Bitmap, depth: ColorDepth) -> CellBuffer {
    var cells = CellBuffer(width: bitmap.width, height: (bitmap.height + 1) / 2)
    for y in 0..<cells.height {
      for x in 0..<cells.width {
        let upper = pixel(bitmap, x: x, y: 2 * y)
        let lower = pixel(bitmap, x: x, y: min(2 * y + 1, bitmap.height - 1))
        if depth == .monochrome {
          let brightness = (luminance(upper) + luminance(lower)) / 2
          cells[x, y] = Cell(ramp[brightness * ramp.count / 256])
        } else {
          let foreground = color(upper, x: x, y: 2 * y, depth: depth)
          let background = color(lower, x: x, y: 2 * y + 1, depth: depth)
          let text: Character = foreground == background ? " " : "▀"
          cells[x, y] = Cell(text, style: Style(foreground: foreground, background: background))
        }
      }
    }
    return cells
  }

  private static func pixel(_ bitmap: Bitmap, x: Int, y: Int) -> (red: Int, green: Int, blue: Int) {
    let index = (y * bitmap.width + x) * 3
    return (Int(bitmap.pixels[index]), Int(bitmap.pixels[index + 1]), Int(bitmap.pixels[index + 2]))
  }

  /// Rec. 601 brightness, 0 to 255.
  private static func luminance(_ pixel: (red: Int, green: Int, blue: Int)) -> Int {
    (299 * pixel.red + 587 * pixel.green + 114 * pixel.blue) / 1000
  }

  private static func color(
    _ pixel: (red: Int, green: Int, blue: Int), x: Int, y: Int, depth: ColorDepth
  ) -> Color {
    let offset = depth == .palette16 ? (pattern[(y & 3) << 2 | x & 3] * 2 - 15) * 4 : 0
    func clamp(_ value: Int) -> UInt8 { UInt8(min(max(value + offset, 0), 255)) }
    return Color.rgb(red: clamp(pixel.red), green: clamp(pixel.green), blue: clamp(pixel.blue)).reduced(
      to: depth)
  }
}
