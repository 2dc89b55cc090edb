/// An image at its own size, at a half, a quarter and so on, so that showing it small need not touch every pixel.
public struct ImagePyramid: Sendable {
  /// Reductions stop where neither side is longer than this.
  private static let smallestSide = 256

  /// The image, then each level at half the size of the one before, rounded up.
  public let levels: [Image]

  /// Makes all levels, which together take a third of the image's memory besides the image itself.
  public init(_ image: Image) {
    var levels = [image]
    while let last = levels.last, max(last.width, last.height) > Self.smallestSide {
      levels.append(last.halved)
    }
    self.levels = levels
  }

  /// The number of the smallest level that still has a pixel for each one shown.
  ///
  /// - Parameter scale: Pixels shown per pixel of the image.
  public func level(forScale scale: Double) -> Int {
    var level = 0
    while level + 1 < levels.count, scale * Double(2 << level) <= 1 { level += 1 }
    return level
  }
}

extension Image {
  /// The image at half its size, each pixel the mean of four; the last row or column of an odd size counts twice.
  var halved: Image {
    let (halfWidth, halfHeight) = ((width + 1) / 2, (height + 1) / 2)
    let result = [UInt8](unsafeUninitializedCapacity: 3 * halfWidth * halfHeight) { target, count in
      pixels.withUnsafeBufferPointer { source in
        for y in 0..<halfHeight {
          // Safe: both rows and both columns lie inside the image, and each result pixel has three bytes.
          let upper = source.baseAddress! + 3 * (2 * y * width)
          let lower = source.baseAddress! + 3 * (min(2 * y + 1, height - 1) * width)
          var pixel = target.baseAddress! + 3 * y * halfWidth
          for x in 0..<halfWidth {
            let left = 6 * x
            let right = 3 * min(2 * x + 1, width - 1)
            for channel in 0..<3 {
              let sum =
                UInt16(upper[left + channel]) + UInt16(upper[right + channel])
                + UInt16(lower[left + channel]) + UInt16(lower[right + channel])
              pixel[channel] = UInt8(truncatingIfNeeded: (sum + 2) >> 2)
            }
            pixel += 3
          }
        }
      }
      count = 3 * halfWidth * halfHeight
    }
    return Image(width: halfWidth, height: halfHeight, pixels: result)
  }
}
