import Foundation
import TerminalScreen
import TestSupport

/// Reads the picture that a terminal with kitty's graphics would show.
enum KittyReader {
  /// Puts the tiles of all `a=T` sequences where the cursor was moved to before them.
  ///
  /// - Parameter cell: The size of a cell, for cursor moves.
  static func picture(_ text: String, size: PixelSize, cell: PixelSize) throws -> Bitmap {
    var result = Bitmap(width: size.width, height: size.height)
    var current = (x: 0, y: 0, payload: "")
    for part in text.components(separatedBy: "\u{1B}7\u{1B}[").dropFirst() {
      guard let end = part.firstIndex(of: "H") else { continue }
      let place = part[..<end].split(separator: ";").compactMap { Int($0) }
      guard place.count == 2 else { continue }
      current = ((place[1] - 1) * cell.width, (place[0] - 1) * cell.height, "")
      for sequence in part.components(separatedBy: "\u{1B}_G").dropFirst() {
        guard let end = sequence.range(of: "\u{1B}\\")?.lowerBound,
          let semicolon = sequence.firstIndex(of: ";"), semicolon < end
        else { continue }
        current.payload += sequence[sequence.index(after: semicolon)..<end]
      }
      let file = [UInt8](Data(base64Encoded: current.payload) ?? Data())
      guard !file.isEmpty else { continue }
      let tile = try PNGReader.rgb(file)
      guard current.x + tile.width <= size.width, current.y + tile.height <= size.height else {
        throw POSIXError(.EILSEQ)
      }
      for row in 0..<tile.height {
        let target = 3 * ((current.y + row) * size.width + current.x)
        let source = 3 * row * tile.width
        result.pixels.replaceSubrange(
          target..<target + 3 * tile.width, with: tile.pixels[source..<source + 3 * tile.width])
      }
    }
    return result
  }
}
