import TerminalScreen

/// Encodes bitmaps for the kitty graphics protocol: tiles, each a PNG file and an image of its own.
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

  private var cutter = TileCutter()
  private let passesThroughTmux: Bool

  package init(passesThroughTmux: Bool = false) { self.passesThroughTmux = passesThroughTmux }

  package mutating func tiles(of bitmap: Bitmap, in rect: Rect, quality: PictureQuality) -> [Graphic.Tile] {
    let passesThroughTmux = passesThroughTmux
    return cutter.tiles(of: bitmap, columns: rect.width, rows: rect.height, quality: quality) {
      pixels, tile, number in
      let sequences = Self.sequences(
        pixels, image: Self.firstImage + number, columns: tile.width, rows: tile.height)
      return sequences.flatMap { passesThroughTmux ? Passthrough.wrap($0) : $0 }
    }
  }

  /// What deletes the images of a picture, and frees their memory.
  package func removal(of rect: Rect) -> [UInt8] {
    TileCutter.rects(columns: rect.width, rows: rect.height).indices.flatMap { number in
      let order = Array("\u{1B}_Ga=d,d=I,q=2,i=\(Self.firstImage + number)\u{1B}\\".utf8)
      return passesThroughTmux ? Passthrough.wrap(order) : order
    }
  }

  private static func sequences(_ bitmap: Bitmap, image: Int, columns: Int, rows: Int) -> [[UInt8]] {
    let payload = Base64.encode(PNGEncoder.encode(bitmap))
    var keys = "a=T,f=100,i=\(image),p=1,c=\(columns),r=\(rows),C=1,q=2,z=\(depth),"
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
