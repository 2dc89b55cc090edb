import TerminalScreen

/// Encodes bitmaps for the kitty graphics protocol: strips of 24-bit pixels, deflated, each an image of its own.
///
/// Protocol: https://sw.kovidgoyal.net/kitty/graphics-protocol. An image that is sent again under its number takes
/// the place of the one before. All lie below text that has a ground of its own, so popups hide them.
package struct KittyEncoder: Sendable {
  /// The most base64 bytes in one sequence.
  static let chunkSize = 4096
  /// Numbers of images from here on are ours.
  static let firstImage = 7_340_001
  /// Below cells with a background colour: less than half of the least 32-bit number.
  static let depth = -1_073_741_825

  private var cutter = StripCutter()
  private let passesThroughTmux: Bool

  package init(passesThroughTmux: Bool = false) { self.passesThroughTmux = passesThroughTmux }

  package mutating func strips(of bitmap: Bitmap, in rect: Rect, quality: PictureQuality) -> [Graphic.Strip] {
    let passesThroughTmux = passesThroughTmux
    return cutter.strips(of: bitmap, rowCount: rect.height, quality: quality) { strip, rows in
      Self.sequences(
        strip, image: Self.image(of: rows), columns: rect.width, rows: rows.count
      ).flatMap { passesThroughTmux ? Passthrough.wrap($0) : $0 }
    }
  }

  /// The number of the image of some rows of cells.
  private static func image(of rows: Range<Int>) -> Int {
    firstImage + rows.lowerBound / StripCutter.rowsPerStrip
  }

  /// What deletes the images of a picture of so many rows of cells, and frees their memory.
  package func removal(rowCount: Int) -> [UInt8] {
    stride(from: 0, to: rowCount, by: StripCutter.rowsPerStrip).flatMap { row in
      let order = Array("\u{1B}_Ga=d,d=I,q=2,i=\(Self.image(of: row..<row + 1))\u{1B}\\".utf8)
      return passesThroughTmux ? Passthrough.wrap(order) : order
    }
  }

  private static func sequences(_ bitmap: Bitmap, image: Int, columns: Int, rows: Int) -> [[UInt8]] {
    let compressed = Deflate.compress(bitmap.pixels)
    let payload = Base64.encode(compressed ?? bitmap.pixels)
    var keys = "a=T,f=24,s=\(bitmap.width),v=\(bitmap.height),i=\(image),p=1,c=\(columns),r=\(rows)"
    keys += ",C=1,q=2,z=\(depth)\(compressed == nil ? "" : ",o=z"),"
    var sequences: [[UInt8]] = []
    for start in stride(from: 0, to: payload.count, by: chunkSize) {
      let end = min(start + chunkSize, payload.count)
      let header = "\u{1B}_G\(keys)m=\(end < payload.count ? 1 : 0);"
      sequences.append(Array(header.utf8) + payload[start..<end] + [0x1B, UInt8(ascii: "\\")])
      keys = "q=2,"
    }
    return sequences
  }
}
