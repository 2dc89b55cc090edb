import CTurboJPEG
import Foundation
import TerminalScreen
import TestSupport

/// Reads what kitty and iTerm2 would show from the bytes sent to them.
enum TileReader {
  /// An image as a terminal was told to show it.
  struct Shown {
    var keys: [String: String]
    var bitmap: Bitmap
  }

  /// Reads kitty's `APC G` sequences, joining chunks.
  static func kitty(_ bytes: [UInt8]) throws -> Shown {
    let text = String(decoding: bytes, as: UTF8.self)
    var keys: [String: String] = [:]
    var payload = ""
    for sequence in text.components(separatedBy: "\u{1B}\\") where !sequence.isEmpty {
      guard sequence.hasPrefix("\u{1B}_G"), let end = sequence.firstIndex(of: ";") else {
        throw POSIXError(.EILSEQ)
      }
      let header = sequence[sequence.index(sequence.startIndex, offsetBy: 3)..<end]
      for pair in header.split(separator: ",") {
        let parts = pair.split(separator: "=")
        keys[String(parts[0])] = keys[String(parts[0])] ?? String(parts[1])
        if parts[0] == "m" { keys["last"] = String(parts[1]) }
      }
      let chunk = sequence[sequence.index(after: end)...]
      guard chunk.utf8.count <= 4096 else { throw POSIXError(.EMSGSIZE) }
      payload += chunk
    }
    guard keys["f"] == "100", let data = Data(base64Encoded: payload) else { throw POSIXError(.EILSEQ) }
    return Shown(keys: keys, bitmap: try png([UInt8](data)))
  }

  /// Reads a PNG file.
  static func png(_ file: [UInt8]) throws -> Bitmap {
    let picture = try PNGReader.rgb(file)
    return Bitmap(width: picture.width, height: picture.height, pixels: picture.pixels)
  }

  /// Reads iTerm2's `OSC 1337` sequence.
  static func iterm2(_ bytes: [UInt8]) throws -> Shown {
    let text = String(decoding: bytes, as: UTF8.self)
    let prefix = "\u{1B}]1337;File="
    guard text.hasPrefix(prefix), text.hasSuffix("\u{07}"), let colon = text.firstIndex(of: ":") else {
      throw POSIXError(.EILSEQ)
    }
    let header = text[text.index(text.startIndex, offsetBy: prefix.count)..<colon]
    let keys = Dictionary(
      uniqueKeysWithValues: header.split(separator: ";").map { pair -> (String, String) in
        let parts = pair.split(separator: "=")
        return (String(parts[0]), String(parts[1]))
      })
    guard let file = Data(base64Encoded: String(text[text.index(after: colon)...].dropLast())),
      file.count == keys["size"].flatMap({ Int($0) }), let decoder = tjInitDecompress()
    else { throw POSIXError(.EILSEQ) }
    defer { tjDestroy(decoder) }
    let input = [UInt8](file)
    var (width, height, subsampling, space): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    tjDecompressHeader3(decoder, input, UInt(input.count), &width, &height, &subsampling, &space)
    var pixels = [UInt8](repeating: 0, count: Int(width * height) * 3)
    // The buffer has three bytes for each pixel of the size that the header names.
    guard
      tjDecompress2(decoder, input, UInt(input.count), &pixels, width, 0, height, TJPF_RGB.rawValue, 0) == 0
    else { throw POSIXError(.EILSEQ) }
    return Shown(keys: keys, bitmap: Bitmap(width: Int(width), height: Int(height), pixels: pixels))
  }
}
