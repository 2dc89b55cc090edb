import TerminalScreen

/// Encodes bitmaps as iTerm2's inline images: tiles, each a JPEG file.
///
/// Protocol: https://iterm2.com/documentation-images.html. Text written over such an image erases it there.
package struct InlineImageEncoder: Sendable {
  private var cutter = TileCutter()
  private let passesThroughTmux: Bool

  package init(passesThroughTmux: Bool = false) { self.passesThroughTmux = passesThroughTmux }

  package mutating func tiles(of bitmap: Bitmap, in rect: Rect, quality: PictureQuality) -> [Graphic.Tile] {
    let passesThroughTmux = passesThroughTmux
    return cutter.tiles(of: bitmap, columns: rect.width, rows: rect.height, quality: quality) {
      pixels, tile, _ in
      let file = JPEGEncoder.encode(pixels, quality: quality)
      let sequence = Self.sequence(file, columns: tile.width, rows: tile.height)
      return passesThroughTmux ? Passthrough.wrap(sequence) : sequence
    }
  }

  private static func sequence(_ file: [UInt8], columns: Int, rows: Int) -> [UInt8] {
    let keys =
      "inline=1;size=\(file.count);width=\(columns);height=\(rows);preserveAspectRatio=0;doNotMoveCursor=1"
    return Array("\u{1B}]1337;File=\(keys):".utf8) + Base64.encode(file) + [0x07]
  }
}
