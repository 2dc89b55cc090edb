import TerminalScreen

/// Cuts bitmaps into strips of whole rows of cells, and encodes only those that changed.
struct StripCutter: Sendable {
  /// Rows of cells in a strip: small enough for a moving mark to touch few pixels, large enough to compress.
  static let rowsPerStrip = 2

  private var previous: (bitmap: Bitmap, rowCount: Int, quality: PictureQuality, strips: [Graphic.Strip])?
  private var generation = 0

  /// Returns the strips of a bitmap that fills `rowCount` rows of cells.
  ///
  /// - Parameter encode: Makes the sequence that draws a strip from its pixels and its rows of cells.
  mutating func strips(
    of bitmap: Bitmap, rowCount: Int, quality: PictureQuality,
    encode: (_ strip: Bitmap, _ rows: Range<Int>) -> [UInt8]
  ) -> [Graphic.Strip] {
    guard rowCount > 0 else { return [] }
    let old = previous.flatMap {
      $0.bitmap.width == bitmap.width && $0.bitmap.height == bitmap.height && $0.rowCount == rowCount
        && $0.quality == quality ? $0 : nil
    }
    let bytesPerRow = bitmap.width * 3
    var strips: [Graphic.Strip] = []
    for first in stride(from: 0, to: rowCount, by: Self.rowsPerStrip) {
      let rows = first..<min(first + Self.rowsPerStrip, rowCount)
      let top = rows.lowerBound * bitmap.height / rowCount
      let bottom = rows.upperBound * bitmap.height / rowCount
      let pixels = bitmap.pixels[top * bytesPerRow..<bottom * bytesPerRow]
      if let old, old.bitmap.pixels[pixels.indices] == pixels {
        strips.append(old.strips[strips.count])
        continue
      }
      generation += 1
      let strip = Bitmap(width: bitmap.width, height: bottom - top, pixels: Array(pixels))
      let shown = quality == .full ? strip : strip.halved
      strips.append(
        Graphic.Strip(
          row: rows.lowerBound, height: rows.count, generation: generation, bytes: encode(shown, rows)))
    }
    previous = (bitmap, rowCount, quality, strips)
    return strips
  }
}
