import CZlib
import Foundation
import TerminalScreen

/// Reads the picture that a terminal with kitty's graphics would show.
enum KittyReader {
  /// Puts the strips of all `a=T` sequences below each other, the last one of each image number.
  static func picture(_ text: String) throws -> Bitmap {
    var strips: [Int: (width: Int, height: Int, payload: String)] = [:]
    var current = 0
    for part in text.components(separatedBy: "\u{1B}_G").dropFirst() {
      guard let end = part.range(of: "\u{1B}\\")?.lowerBound, let semicolon = part.firstIndex(of: ";"),
        semicolon < end
      else { continue }
      let keys = Dictionary(
        uniqueKeysWithValues: part[..<semicolon].split(separator: ",").map { pair -> (Substring, Int) in
          let parts = pair.split(separator: "=")
          return (parts[0], Int(parts[1]) ?? 0)
        })
      // The question of the probe is no picture.
      guard keys["m"] != nil else { continue }
      if let number = keys["i"], let width = keys["s"], let height = keys["v"] {
        current = number
        strips[number] = (width, height, "")
      }
      strips[current]?.payload += part[part.index(after: semicolon)..<end]
    }
    var pixels: [UInt8] = []
    for (_, strip) in strips.sorted(by: { $0.key < $1.key }) {
      var count = UInt(strip.width * strip.height * 3)
      var rows = [UInt8](repeating: 0, count: Int(count))
      let input = [UInt8](Data(base64Encoded: strip.payload) ?? Data())
      // zlib stops at the size of the output.
      guard uncompress(&rows, &count, input, UInt(input.count)) == Z_OK, count == rows.count else {
        throw POSIXError(.EILSEQ)
      }
      pixels += rows
    }
    let width = strips.values.first?.width ?? 0
    return Bitmap(width: width, height: width == 0 ? 0 : pixels.count / 3 / width, pixels: pixels)
  }
}
