/// Turns samples of 0...255 into what a network was trained on: (sample - mean) * scale, channel by channel.
public struct PixelNormalization: Sendable, Hashable {
  /// The mean of red, green and blue, in 0...255.
  public var mean: SIMD3<Float>
  /// The factors of red, green and blue.
  public var scale: SIMD3<Float>

  /// Makes a normalisation.
  public init(mean: SIMD3<Float>, scale: SIMD3<Float>) {
    self.mean = mean
    self.scale = scale
  }
}

extension Image {
  /// Returns the image at another size.
  public func resized(width: Int, height: Int, filter: ResizeFilter) -> Image {
    resampled(from: bounds, width: width, height: height, filter: filter)
  }

  /// Returns the part of the image in `crop` at another size; pixels outside of it have no influence.
  ///
  /// - Parameter crop: A part of `bounds` that is not empty.
  public func resampled(from crop: PixelRect, width: Int, height: Int, filter: ResizeFilter) -> Image {
    if crop.width == width && crop.height == height { return cropped(to: crop) }
    if filter == .nearest { return picked(from: crop, width: width, height: height) }
    let pixels = [UInt8](unsafeUninitializedCapacity: 3 * width * height) { buffer, count in
      resampleRows(from: crop, width: width, height: height, filter: filter) { y, row in
        // Safe: `row` has 3 * width samples, and y < height; every row is written once.
        let target = buffer.baseAddress! + 3 * y * width
        for index in 0..<3 * width { target[index] = UInt8(min(max(row[index] + 0.5, 0), 255)) }
      }
      count = 3 * width * height
    }
    return Image(width: width, height: height, pixels: pixels)
  }

  /// Returns the part of the image in `crop` at another size, each pixel one of the image's.
  private func picked(from crop: PixelRect, width: Int, height: Int) -> Image {
    precondition(bounds.contains(crop) && !crop.isEmpty, "\(crop) is not a part of \(bounds)")
    let columns = ResampleAxis(sampleCount: crop.width, count: width, filter: .nearest).starts
    let rows = ResampleAxis(sampleCount: crop.height, count: height, filter: .nearest).starts
    let result = [UInt8](unsafeUninitializedCapacity: 3 * width * height) { buffer, count in
      pixels.withUnsafeBufferPointer { pixels in
        RowBands.forEach(of: height) { band in
          for y in band {
            // Safe: the axes keep every sample inside the crop, the crop lies inside the image, and bands hold
            // disjoint rows of the result.
            let source = pixels.baseAddress! + 3 * ((crop.y + rows[y]) * self.width + crop.x)
            var target = buffer.baseAddress! + 3 * y * width
            for column in columns {
              let pixel = source + 3 * column
              target[0] = pixel[0]
              target[1] = pixel[1]
              target[2] = pixel[2]
              target += 3
            }
          }
        }
      }
      count = 3 * width * height
    }
    return Image(width: width, height: height, pixels: result)
  }

  /// Writes the part of the image in `crop`, resized and normalised, as rows of floats.
  ///
  /// - Parameters:
  ///   - crop: A part of `bounds` that is not empty.
  ///   - target: Red, green and blue of result (x, y) go to `pixelStride` * (y * `width` + x) and the two behind
  ///     it; the other floats stay as they are.
  ///   - pixelStride: Floats from one pixel to the next, 3 or more.
  public func write(
    crop: PixelRect, width: Int, height: Int, filter: ResizeFilter, normalization: PixelNormalization,
    into target: UnsafeMutableBufferPointer<Float>, pixelStride: Int
  ) {
    precondition(
      pixelStride >= 3 && target.count >= pixelStride * (width * height - 1) + 3, "The target has room")
    let scale = normalization.scale
    let shift = -normalization.mean * scale
    resampleRows(from: crop, width: width, height: height, filter: filter) { y, row in
      // Safe: the precondition covers the last pixel of the last row.
      var pixel = target.baseAddress! + pixelStride * y * width
      for x in 0..<width {
        pixel[0] = row[3 * x] * scale.x + shift.x
        pixel[1] = row[3 * x + 1] * scale.y + shift.y
        pixel[2] = row[3 * x + 2] * scale.z + shift.z
        pixel += pixelStride
      }
    }
  }

  /// Resamples down the columns and then along each row; calls `body` with each row of 3 * `width` samples, bands of
  /// rows at the same time.
  private func resampleRows(
    from crop: PixelRect, width: Int, height: Int, filter: ResizeFilter,
    _ body: (_ y: Int, _ row: UnsafePointer<Float>) -> Void
  ) {
    precondition(bounds.contains(crop) && !crop.isEmpty, "\(crop) is not a part of \(bounds)")
    let columns = ResampleAxis(sampleCount: crop.width, count: width, filter: filter)
    let rows = ResampleAxis(sampleCount: crop.height, count: height, filter: filter)
    // One float more each, as pixels are read and written by fours.
    let (blendCount, rowCount) = (3 * crop.width + 1, 3 * width + 1)
    pixels.withUnsafeBufferPointer { pixels in
      columns.starts.withUnsafeBufferPointer { starts in
        columns.weights.withUnsafeBufferPointer { weights in
          RowBands.forEach(of: height) { band in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: blendCount + rowCount) { room in
              let blend = room.baseAddress!
              let row = blend + blendCount
              blend[blendCount - 1] = 0
              for y in band {
                // Safe: the axis keeps every tap inside the crop, and the crop lies inside the image.
                blendRows(pixels.baseAddress!, crop: crop, rows: rows, y: y, into: blend)
                blendColumns(
                  blend, starts.baseAddress!, weights.baseAddress!, tapCount: columns.tapCount, count: width,
                  into: row)
                body(y, row)
              }
            }
          }
        }
      }
    }
  }

  /// Sums the crop's rows that make result row `y`: 3 * `crop.width` samples.
  private func blendRows(
    _ pixels: UnsafePointer<UInt8>, crop: PixelRect, rows: ResampleAxis, y: Int,
    into blend: UnsafeMutablePointer<Float>
  ) {
    let count = 3 * crop.width
    var source = pixels + 3 * ((crop.y + rows.starts[y]) * width + crop.x)
    for tap in 0..<rows.tapCount {
      let weight = rows.weights[y * rows.tapCount + tap]
      if tap == 0 {
        for index in 0..<count { blend[index] = weight * Float(source[index]) }
      } else if weight != 0 {
        for index in 0..<count { blend[index] += weight * Float(source[index]) }
      }
      source += 3 * width
    }
  }
}

/// Sums the pixels of a row that make each of `count` result pixels.
private func blendColumns(
  _ source: UnsafePointer<Float>, _ starts: UnsafePointer<Int>, _ weights: UnsafePointer<Float>,
  tapCount: Int, count: Int, into row: UnsafeMutablePointer<Float>
) {
  for x in 0..<count {
    // Safe: the axis keeps `starts[x]` + `tapCount` within the row, and both rows have a float behind their last
    // pixel; what is written behind a pixel is the next one's, which comes later.
    var pixel = UnsafeRawPointer(source + 3 * starts[x])
    var sum = SIMD4<Float>()
    for tap in 0..<tapCount {
      sum += weights[x * tapCount + tap] * pixel.loadUnaligned(as: SIMD4<Float>.self)
      pixel += 3 * MemoryLayout<Float>.stride
    }
    UnsafeMutableRawPointer(row + 3 * x).storeBytes(of: sum, as: SIMD4<Float>.self)
  }
}
