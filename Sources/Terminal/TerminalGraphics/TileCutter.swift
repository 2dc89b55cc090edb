import TerminalScreen

/// Cuts bitmaps into tiles of whole cells, and encodes only those that changed.
struct TileCutter: Sendable {
  /// Cells in a tile: small enough for a moving mark to touch few pixels, large enough to compress.
  static let tileSize = (columns: 16, rows: 3)

  private var previous: (bitmap: Bitmap, quality: PictureQuality, tiles: [Graphic.Tile])?
  private var generation = 0

  /// The tiles of a picture of so many cells, row by row.
  static func rects(columns: Int, rows: Int) -> [Rect] {
    stride(from: 0, to: rows, by: tileSize.rows).flatMap { y in
      stride(from: 0, to: columns, by: tileSize.columns).map { x in
        Rect(
          x: x, y: y, width: min(tileSize.columns, columns - x), height: min(tileSize.rows, rows - y))
      }
    }
  }

  /// Returns the tiles of a bitmap that fills so many cells.
  ///
  /// - Parameter encode: Makes the sequence that draws a tile from its pixels, its place and its number.
  mutating func tiles(
    of bitmap: Bitmap, columns: Int, rows: Int, quality: PictureQuality,
    encode: (_ pixels: Bitmap, _ rect: Rect, _ number: Int) -> [UInt8]
  ) -> [Graphic.Tile] {
    let rects = Self.rects(columns: columns, rows: rows)
    let old = previous.flatMap {
      $0.bitmap.width == bitmap.width && $0.bitmap.height == bitmap.height && $0.quality == quality
        && $0.tiles.map(\.rect) == rects ? $0 : nil
    }
    let tiles = rects.enumerated().map { number, rect in
      let (left, right) = (rect.x * bitmap.width / columns, rect.maxX * bitmap.width / columns)
      let (top, bottom) = (rect.y * bitmap.height / rows, rect.maxY * bitmap.height / rows)
      let part = bitmap.part(left: left, top: top, width: right - left, height: bottom - top)
      if let old, old.bitmap.part(left: left, top: top, width: right - left, height: bottom - top) == part {
        return old.tiles[number]
      }
      generation += 1
      let bytes = encode(quality == .full ? part : part.halved, rect, number)
      return Graphic.Tile(rect: rect, generation: generation, bytes: bytes)
    }
    previous = (bitmap, quality, tiles)
    return tiles
  }
}

extension Bitmap {
  /// The pixels of a part that lies inside the bitmap.
  fileprivate func part(left: Int, top: Int, width: Int, height: Int) -> Bitmap {
    var result: [UInt8] = []
    result.reserveCapacity(3 * width * height)
    for y in top..<top + height {
      let start = 3 * (y * self.width + left)
      result += pixels[start..<start + 3 * width]
    }
    return Bitmap(width: width, height: height, pixels: result)
  }
}
