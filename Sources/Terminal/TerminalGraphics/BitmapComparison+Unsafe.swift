import Glibc
import TerminalScreen

extension Bitmap {
  /// Whether some rows are the same as in a bitmap of the same size; many times faster than comparing arrays.
  func hasSameRows(_ rows: Range<Int>, as other: Bitmap) -> Bool {
    precondition(
      width == other.width && height == other.height && rows.lowerBound >= 0 && rows.upperBound <= height)
    let bytes = rows.lowerBound * width * 3..<rows.upperBound * width * 3
    return pixels.withUnsafeBytes { mine in
      other.pixels.withUnsafeBytes { theirs in
        // Both hold three bytes for each pixel of rows that lie inside.
        guard let mine = mine.baseAddress, let theirs = theirs.baseAddress, mine != theirs else {
          return true
        }
        return memcmp(mine + bytes.lowerBound, theirs + bytes.lowerBound, bytes.count) == 0
      }
    }
  }

  /// Whether all pixels are the same.
  func isSame(as other: Bitmap) -> Bool {
    width == other.width && height == other.height && hasSameRows(0..<height, as: other)
  }
}
