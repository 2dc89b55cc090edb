import Glibc
import TerminalScreen

extension Bitmap {
  /// The pixels of a part that lies inside the bitmap.
  func part(left: Int, top: Int, width: Int, height: Int) -> Bitmap {
    precondition(left >= 0 && top >= 0 && left + width <= self.width && top + height <= self.height)
    let rowBytes = 3 * width
    let result = [UInt8](unsafeUninitializedCapacity: rowBytes * height) { target, count in
      pixels.withUnsafeBufferPointer { source in
        // The part lies inside the bitmap, and the target has its size; an empty one has no rows.
        guard rowBytes > 0, let source = source.baseAddress, let target = target.baseAddress else { return }
        for y in 0..<height {
          memcpy(target + y * rowBytes, source + 3 * ((top + y) * self.width + left), rowBytes)
        }
      }
      count = rowBytes * height
    }
    return Bitmap(width: width, height: height, pixels: result)
  }

  /// The first and the last column in which one of some rows differs from a bitmap of the same size; nil when they
  /// are the same.
  func changedColumns(_ rows: Range<Int>, from other: Bitmap) -> ClosedRange<Int>? {
    precondition(
      width == other.width && height == other.height && rows.lowerBound >= 0 && rows.upperBound <= height)
    var (first, last) = (3 * width, -1)
    pixels.withUnsafeBufferPointer { mine in
      other.pixels.withUnsafeBufferPointer { theirs in
        for y in rows where !hasSameRows(y..<y + 1, as: other) {
          // Both rows have three bytes for each column.
          let row = 3 * y * width
          if let byte = (0..<first).first(where: { mine[row + $0] != theirs[row + $0] }) { first = byte }
          var byte = 3 * width - 1
          while byte > last, mine[row + byte] == theirs[row + byte] { byte -= 1 }
          last = byte
        }
      }
    }
    return last < 0 ? nil : min(first / 3, last / 3)...last / 3
  }

  /// The rectangles of whole cells outside of which a bitmap of the same size is the same.
  ///
  /// - Parameter cell: The pixels of a cell.
  func changedCells(from other: Bitmap, cell: PixelSize) -> [Rect] {
    var rects: [Rect] = []
    for row in 0..<(height + cell.height - 1) / cell.height {
      let rows = row * cell.height..<min((row + 1) * cell.height, height)
      guard let columns = changedColumns(rows, from: other) else { continue }
      let (left, right) = (columns.lowerBound / cell.width, columns.upperBound / cell.width + 1)
      if let above = rects.last, above.maxY == row {
        let x = min(above.x, left)
        rects[rects.count - 1] = Rect(
          x: x, y: above.y, width: max(above.maxX, right) - x, height: row + 1 - above.y)
      } else {
        rects.append(Rect(x: left, y: row, width: right - left, height: 1))
      }
    }
    return rects
  }
}
