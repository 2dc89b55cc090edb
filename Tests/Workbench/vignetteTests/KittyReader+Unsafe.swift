import CZlib
import Foundation
import TerminalScreen

/// Reads the picture that a terminal with kitty's graphics would show.
enum KittyReader {
  /// Puts the tiles of all `a=T` sequences where the cursor was moved to before them.
  ///
  /// - Parameter cell: The size of a cell, for cursor moves.
  static func picture(_ text: String, size: PixelSize, cell: PixelSize) throws -> Bitmap {
    var result = Bitmap(width: size.width, height: size.height)
    var current = (x: 0, y: 0, width: 0, height: 0, payload: "")
    for part in text.components(separatedBy: "\u{1B}7\u{1B}[").dropFirst() {
      guard let end = part.firstIndex(of: "H") else { continue }
      let place = part[..<end].split(separator: ";").compactMap { Int($0) }
      guard place.count == 2 else { continue }
      current = ((place[1] - 1) * cell.width, (place[0] - 1) * cell.height, 0, 0, "")
      for sequence in part.components(separatedBy: "\u{1B}_G").dropFirst() {
        guard let end = sequence.range(of: "\u{1B}\\")?.lowerBound,
          let semicolon = sequence.firstIndex(of: ";"), semicolon < end
        else { continue }
        for pair in sequence[..<semicolon].split(separator: ",") {
          let parts = pair.split(separator: "=")
          if parts[0] == "s" { current.width = Int(parts[1]) ?? 0 }
          if parts[0] == "v" { current.height = Int(parts[1]) ?? 0 }
        }
        current.payload += sequence[sequence.index(after: semicolon)..<end]
      }
      guard current.width > 0 else { continue }
      var count = UInt(current.width * current.height * 3)
      var pixels = [UInt8](repeating: 0, count: Int(count))
      let input = [UInt8](Data(base64Encoded: current.payload) ?? Data())
      // zlib stops at the size of the output.
      guard uncompress(&pixels, &count, input, UInt(input.count)) == Z_OK, count == pixels.count,
        current.x + current.width <= size.width, current.y + current.height <= size.height
      else { throw POSIXError(.EILSEQ) }
      for row in 0..<current.height {
        let target = 3 * ((current.y + row) * size.width + current.x)
        let source = 3 * row * current.width
        result.pixels.replaceSubrange(
          target..<target + 3 * current.width, with: pixels[source..<source + 3 * current.width])
      }
    }
    return result
  }
}
