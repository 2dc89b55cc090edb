import CPNG
import Foundation

/// Reads PNG files by libpng alone, to see what was written.
public enum PNGReader {
  /// Returns a file's size and its pixels, red, green and blue, row by row.
  ///
  /// - Throws: `POSIXError` for what libpng does not take.
  public static func rgb(_ file: [UInt8]) throws -> (width: Int, height: Int, pixels: [UInt8]) {
    var (width, height): (UInt32, UInt32) = (0, 0)
    var message = [CChar](repeating: 0, count: Int(CPNG_MESSAGE_SIZE))
    guard cpng_read_size(file, file.count, &width, &height, &message) == 0 else { throw POSIXError(.EILSEQ) }
    var pixels = [UInt8](repeating: 0, count: Int(width * height) * 3)
    // Safe: the buffer has three bytes for each pixel of the size that the header names.
    guard cpng_read_rgb(file, file.count, &pixels, &message) == 0 else { throw POSIXError(.EILSEQ) }
    return (Int(width), Int(height), pixels)
  }
}
