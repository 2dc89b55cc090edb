import TerminalScreen

/// Cuts bitmaps into tiles of whole cells, and encodes only those that changed, on all processors.
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
    encode: @Sendable (_ pixels: Bitmap, _ rect: Rect, _ number: Int) -> [UInt8]
  ) -> [Graphic.Tile] {
    let rects = Self.rects(columns: columns, rows: rows)
    let old = previous.flatMap {
      $0.bitmap.width == bitmap.width && $0.bitmap.height == bitmap.height && $0.quality == quality
        && $0.tiles.map(\.rect) == rects ? $0 : nil
    }
    func part(_ rect: Rect, of bitmap: Bitmap) -> Bitmap {
      let (left, right) = (rect.x * bitmap.width / columns, rect.maxX * bitmap.width / columns)
      let (top, bottom) = (rect.y * bitmap.height / rows, rect.maxY * bitmap.height / rows)
      return bitmap.part(left: left, top: top, width: right - left, height: bottom - top)
    }
    let parts = rects.map { part($0, of: bitmap) }
    let changed = rects.indices.filter { number in
      old.map { !parts[number].isSame(as: part(rects[number], of: $0.bitmap)) } ?? true
    }
    let encoded = Parallel.map(changed) { number in
      encode(quality == .full ? parts[number] : parts[number].halved, rects[number], number)
    }
    var tiles = old?.tiles ?? rects.map { Graphic.Tile(rect: $0, generation: 0, bytes: []) }
    for (number, bytes) in zip(changed, encoded) {
      generation += 1
      tiles[number] = Graphic.Tile(rect: rects[number], generation: generation, bytes: bytes)
    }
    previous = (bitmap, quality, tiles)
    return tiles
  }
}
