import Annotations
import Images

// Between run lengths and pictures of numbers. Pictures are visited down their columns, the order of the runs.
extension NumberedImage {
  /// Reads a PNG picture of a photo's size.
  ///
  /// - Throws: `FormatError`.
  init(_ path: String, of size: (width: Int, height: Int)) throws(FormatError) {
    let bytes = Array(try InputFile.bytes(of: path))
    self = try FormatError.mapping { try NumberedImage(png: bytes, path: path) }
    guard (width, height) == size else {
      throw .damaged(
        path: path, reason: "has \(width)x\(height) pixels, the photo has \(size.width)x\(size.height)")
    }
  }

  /// Makes a picture of a part of a mask, 0 outside.
  init(_ mask: RunLengths, in box: PixelRect, inside: UInt8) {
    var numbers = [UInt8](repeating: 0, count: box.width * box.height)
    mask.forEachPiece { x, rows in
      guard (box.x..<box.x + box.width).contains(x) else { return }
      for y in rows.clamped(to: box.y..<box.y + box.height) {
        numbers[(y - box.y) * box.width + x - box.x] = inside
      }
    }
    self.init(width: box.width, height: box.height, numbers: numbers)
  }

  /// Returns the mask of the pixels of some numbers, moved to a place within a photo that has room for it.
  func mask(
    width: Int, height: Int, left: Int = 0, top: Int = 0, isInside: (UInt8) -> Bool
  ) -> RunLengths {
    let inside = (0..<256).map { isInside(UInt8($0)) }
    return RunLengths(
      width: width, height: height,
      changes: (0..<self.width).lazy.flatMap { x -> [Int] in
        var places: [Int] = []
        var wasInside = false
        for y in 0..<self.height where inside[Int(numbers[y * self.width + x])] != wasInside {
          places.append((left + x) * height + top + y)
          wasInside.toggle()
        }
        if wasInside { places.append((left + x) * height + top + self.height) }
        return places
      })
  }

  /// The mask of each number that there is.
  var masks: [UInt8: RunLengths] {
    var changes = [[Int]](repeating: [], count: 256)
    var last: Int?
    for x in 0..<width {
      for y in 0..<height {
        let number = Int(numbers[y * width + x])
        guard number != last else { continue }
        if let last { changes[last].append(x * height + y) }
        changes[number].append(x * height + y)
        last = number
      }
    }
    return Dictionary(
      uniqueKeysWithValues: changes.indices.filter { !changes[$0].isEmpty }.map {
        (UInt8($0), RunLengths(width: width, height: height, changes: changes[$0]))
      })
  }
}
