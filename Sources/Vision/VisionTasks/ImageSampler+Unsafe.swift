import Images

/// Interpolates colours between pixels.
struct ImageSampler {
  private let image: Image

  init(_ image: Image) { self.image = image }

  /// Returns a picture whose pixel (column, row) is the colour at `start(row)` + `offset(row, column)`, interpolated
  /// linearly; whole numbers are the centres of pixels, beyond the image is black.
  func picture(
    width: Int, height: Int, start: (Int) -> SIMD2<Float>, offset: (Int, Int) -> SIMD2<Float>
  ) -> Image {
    let pixels = [UInt8](unsafeUninitializedCapacity: 3 * width * height) { buffer, count in
      let target = buffer.baseAddress!
      image.pixels.withUnsafeBufferPointer { source in
        let source = source.baseAddress!
        // Safe: bands write disjoint rows of a buffer with room for all of them.
        RowBands.forEach(of: height) { rows in
          for row in rows {
            let first = start(row)
            for column in 0..<width {
              let color = color(source, at: first + offset(row, column))
              let pixel = target + 3 * (row * width + column)
              pixel[0] = UInt8(color.x + 0.5)
              pixel[1] = UInt8(color.y + 0.5)
              pixel[2] = UInt8(color.z + 0.5)
            }
          }
        }
      }
      count = 3 * width * height
    }
    return Image(width: width, height: height, pixels: pixels)
  }

  private func color(_ source: UnsafePointer<UInt8>, at point: SIMD2<Float>) -> SIMD4<Float> {
    // Comparisons with a number that is none are false.
    guard point.x > -1, point.y > -1, point.x < Float(image.width), point.y < Float(image.height) else {
      return .zero
    }
    let (left, top) = (Int(point.x.rounded(.down)), Int(point.y.rounded(.down)))
    let (right, below) = (point.x - Float(left), point.y - Float(top))
    func pixel(_ x: Int, _ y: Int) -> SIMD4<Float> {
      guard x >= 0, y >= 0, x < image.width, y < image.height else { return .zero }
      // Safe: the pixel is in the image.
      let pixel = source + 3 * (y * image.width + x)
      return SIMD4(Float(pixel[0]), Float(pixel[1]), Float(pixel[2]), 0)
    }
    let upper = pixel(left, top) * (1 - right) + pixel(left + 1, top) * right
    let lower = pixel(left, top + 1) * (1 - right) + pixel(left + 1, top + 1) * right
    return upper * (1 - below) + lower * below
  }
}
