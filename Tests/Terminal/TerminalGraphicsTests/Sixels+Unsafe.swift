import CSixel
import Glibc
import TerminalGraphics
import TerminalScreen

/// Decoding by libsixel.
enum Sixels {
  struct DecodingError: Error { var status: Int32 }

  static func decode(_ bytes: [UInt8]) throws -> Bitmap {
    var bytes = bytes
    var pixels: UnsafeMutablePointer<UInt8>?
    var palette: UnsafeMutablePointer<UInt8>?
    var width: Int32 = 0
    var height: Int32 = 0
    var colorCount: Int32 = 0
    let status = sixel_decode_raw(
      &bytes, Int32(bytes.count), &pixels, &width, &height, &palette, &colorCount, nil)
    guard status & 0x1000 == 0, let pixels, let palette else { throw DecodingError(status: status) }
    defer {
      free(pixels)
      free(palette)
    }
    // libsixel gives one byte for each pixel and three for each palette entry.
    var result: [UInt8] = []
    for index in 0..<Int(width * height) {
      for component in 0..<3 { result.append(palette[Int(pixels[index]) * 3 + component]) }
    }
    return Bitmap(width: Int(width), height: Int(height), pixels: result)
  }

  static func entry(_ pixels: [UInt8], _ index: Int) -> Palette.Entry {
    Palette.Entry(red: pixels[index], green: pixels[index + 1], blue: pixels[index + 2])
  }

  static func isNear(_ first: Palette.Entry, _ second: Palette.Entry, tolerance: Int) -> Bool {
    abs(Int(first.red) - Int(second.red)) <= tolerance
      && abs(Int(first.green) - Int(second.green)) <= tolerance
      && abs(Int(first.blue) - Int(second.blue)) <= tolerance
  }
}
