import TerminalScreen

extension Bitmap {
  /// The bitmap at half its width and height, each pixel the mean of four; an odd last row or column is kept.
  var halved: Bitmap {
    let (halfWidth, halfHeight) = ((width + 1) / 2, (height + 1) / 2)
    let pixels = [UInt8](unsafeUninitializedCapacity: halfWidth * halfHeight * 3) { target, count in
      self.pixels.withUnsafeBufferPointer { source in
        var index = 0
        for y in 0..<halfHeight {
          let upper = 2 * y * width
          let lower = min(2 * y + 1, height - 1) * width
          for x in 0..<halfWidth {
            // Both columns and both rows lie inside the bitmap.
            let (left, right) = (2 * x, min(2 * x + 1, width - 1))
            for channel in 0..<3 {
              let sum =
                Int(source[3 * (upper + left) + channel]) + Int(source[3 * (upper + right) + channel])
                + Int(source[3 * (lower + left) + channel]) + Int(source[3 * (lower + right) + channel])
              target[index] = UInt8((sum + 2) >> 2)
              index += 1
            }
          }
        }
      }
      count = halfWidth * halfHeight * 3
    }
    return Bitmap(width: halfWidth, height: halfHeight, pixels: pixels)
  }

  /// The bitmap in squares of two by two equal pixels.
  var inSquares: Bitmap {
    let half = halved
    let pixels = [UInt8](unsafeUninitializedCapacity: width * height * 3) { target, count in
      half.pixels.withUnsafeBufferPointer { source in
        var index = 0
        for y in 0..<height {
          let row = (y >> 1) * half.width
          for x in 0..<width {
            // Half of a column and of a row of the bitmap lie inside its half.
            let place = 3 * (row + (x >> 1))
            target[index] = source[place]
            target[index + 1] = source[place + 1]
            target[index + 2] = source[place + 2]
            index += 3
          }
        }
      }
      count = width * height * 3
    }
    return Bitmap(width: width, height: height, pixels: pixels)
  }
}
