import CPNG
import Glibc
import TerminalScreen

/// PNG files through libpng, made quickly.
enum PNGEncoder {
  /// Returns a bitmap as a PNG file; empty when there is no memory for it.
  static func encode(_ bitmap: Bitmap) -> [UInt8] {
    guard bitmap.width > 0, bitmap.height > 0 else { return [] }
    var file: UnsafeMutablePointer<UInt8>?
    var count = 0
    var message = [CChar](repeating: 0, count: Int(CPNG_MESSAGE_SIZE))
    // Safe: a bitmap has three bytes for each pixel, and the message has the room that the library asks for.
    let failed = cpng_write_quickly(
      bitmap.pixels, UInt32(bitmap.width), UInt32(bitmap.height), &file, &count, &message)
    guard failed == 0, let file else { return [] }
    // The file is ours to free.
    defer { free(file) }
    return Array(UnsafeBufferPointer(start: file, count: count))
  }
}
