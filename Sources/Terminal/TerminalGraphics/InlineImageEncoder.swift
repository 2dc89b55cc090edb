import TerminalScreen

/// Encodes bitmaps as iTerm2's inline images: strips, each a JPEG file.
///
/// Protocol: https://iterm2.com/documentation-images.html. Text written over such an image erases it there.
package struct InlineImageEncoder: Sendable {
  private var cutter = StripCutter()
  private let passesThroughTmux: Bool

  package init(passesThroughTmux: Bool = false) { self.passesThroughTmux = passesThroughTmux }

  package mutating func strips(of bitmap: Bitmap, in rect: Rect, quality: PictureQuality) -> [Graphic.Strip] {
    let passesThroughTmux = passesThroughTmux
    return cutter.strips(of: bitmap, rowCount: rect.height, quality: quality) { strip, rows in
      let file = JPEGEncoder.encode(strip, quality: quality)
      let sequence = Self.sequence(file, columns: rect.width, rows: rows.count)
      return passesThroughTmux ? Passthrough.wrap(sequence) : sequence
    }
  }

  private static func sequence(_ file: [UInt8], columns: Int, rows: Int) -> [UInt8] {
    let keys =
      "inline=1;size=\(file.count);width=\(columns);height=\(rows);preserveAspectRatio=0;doNotMoveCursor=1"
    return Array("\u{1B}]1337;File=\(keys):".utf8) + Base64.encode(file) + [0x07]
  }
}
