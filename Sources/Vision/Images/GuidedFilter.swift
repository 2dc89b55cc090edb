/// Moves the soft edge of a coarse map to the edges of the picture, without a trimap.
///
/// The guided filter of He, Sun and Tang ("Guided Image Filtering", 2010) with the picture's colours as its guide:
/// in each window the map is fitted as a linear function of red, green and blue, and each pixel gets the mean function
/// of the windows around it. The functions are found on a smaller grid, as in "Fast Guided Filter" (He and Sun, 2015);
/// on a grid of the picture's size the result is the filter itself.
public struct GuidedFilter: Sendable, Hashable {
  /// How far a window reaches from its middle, in pixels of the picture.
  public var radius: Double
  /// The variance of colours, in 0...1, below which a window counts as flat and the map is merely averaged.
  public var epsilon: Float
  /// The most pixels from one place of the grid to the next; 1 for the exact filter.
  public var subsampling: Int

  /// Makes a filter.
  public init(radius: Double, epsilon: Float = 1e-4, subsampling: Int = 8) {
    precondition(radius >= 0 && epsilon > 0 && subsampling >= 1, "The windows have a size")
    self.radius = radius
    self.epsilon = epsilon
    self.subsampling = subsampling
  }

  /// Returns the map at the picture's size, its edges those of the picture.
  ///
  /// - Parameters:
  ///   - values: `rows` rows of `columns` values of 0...1 that cover `crop`.
  ///   - crop: A part of the picture that is not empty; nothing outside of it is inside.
  public func refine(
    _ values: [Float], columns: Int, rows: Int, over crop: PixelRect, of image: Image
  ) -> Mask {
    precondition(values.count == columns * rows, "The values fill their rows")
    // A window reaches two places of the grid at least, or its edges would show.
    let step = max(min(Double(subsampling), radius / 2), 1)
    let width = max(Int((Double(crop.width) / step).rounded()), 1)
    let height = max(Int((Double(crop.height) / step).rounded()), 1)
    let guide = image.resampled(from: crop, width: width, height: height, filter: .nearest)
    let map = Self.resized(values, columns: columns, rows: rows, width: width, height: height)
    let reach = max(Int((radius * Double(width) / Double(crop.width)).rounded()), 1)
    let functions = linearFunctions(map, guide, reach: reach)
    return LinearColorFunctions(functions, columns: width, rows: height, crop: crop).mask(of: image)
  }

  /// Returns the factors of red, green and blue, each -0.5...0.5, and the constant, of each place of the grid.
  private func linearFunctions(_ map: [Float], _ guide: Image, reach: Int) -> [SIMD4<Float>] {
    let windows = BoxMean(width: guide.width, height: guide.height, reach: reach)
    let (width, height) = (guide.width, guide.height)
    let moments = windows.of(
      RowBands.map(width: width, height: height) { Self.moments(map[$0], guide.color(at: $0)) })
    return windows.of(
      RowBands.map(width: width, height: height) { Self.fit(moments[$0], epsilon: epsilon) })
  }

  /// Lanes 0 to 2: colour. 3: value. 4 to 6: colour times value. 8 to 13: the products of two colours.
  private static func moments(_ value: Float, _ color: SIMD3<Float>) -> SIMD16<Float> {
    let (red, green, blue) = (color.x, color.y, color.z)
    return SIMD16(
      red, green, blue, value, red * value, green * value, blue * value, 0,
      red * red, red * green, red * blue, green * green, green * blue, blue * blue, 0, 0)
  }

  /// Solves (covariance of colours + epsilon) * factors = covariance of colours and values, by cofactors.
  private static func fit(_ mean: SIMD16<Float>, epsilon: Float) -> SIMD4<Float> {
    let (red, green, blue, value) = (mean[0], mean[1], mean[2], mean[3])
    let right = SIMD3(mean[4] - red * value, mean[5] - green * value, mean[6] - blue * value)
    let (rr, rg, rb) = (mean[8] - red * red + epsilon, mean[9] - red * green, mean[10] - red * blue)
    let (gg, gb) = (mean[11] - green * green + epsilon, mean[12] - green * blue)
    let bb = mean[13] - blue * blue + epsilon
    let first = SIMD3(gg * bb - gb * gb, rb * gb - rg * bb, rg * gb - rb * gg)
    let second = SIMD3(first.y, rr * bb - rb * rb, rg * rb - rr * gb)
    let third = SIMD3(first.z, second.z, rr * gg - rg * rg)
    let determinant = rr * first.x + rg * first.y + rb * first.z
    let factors =
      SIMD3((first * right).sum(), (second * right).sum(), (third * right).sum()) / determinant
    return SIMD4(factors, value - (factors * SIMD3(red, green, blue)).sum())
  }

  /// Returns a map at another size, interpolated between the centres of its values.
  private static func resized(
    _ values: [Float], columns: Int, rows: Int, width: Int, height: Int
  ) -> [Float] {
    if columns == width && rows == height { return values }
    let across = ResampleAxis(sampleCount: columns, count: width, filter: .areaAverage)
    let down = ResampleAxis(sampleCount: rows, count: height, filter: .areaAverage)
    var result: [Float] = []
    result.reserveCapacity(width * height)
    for y in 0..<height {
      let row = (0..<columns).map { column in
        (0..<down.tapCount).reduce(Float(0)) {
          $0 + down.weights[y * down.tapCount + $1] * values[(down.starts[y] + $1) * columns + column]
        }
      }
      for x in 0..<width {
        result.append(
          (0..<across.tapCount).reduce(0) {
            $0 + across.weights[x * across.tapCount + $1] * row[across.starts[x] + $1]
          })
      }
    }
    return result
  }
}

extension Image {
  /// The colour of a pixel as the filter sees it: around 0, so that sums of squares stay precise.
  fileprivate func color(at index: Int) -> SIMD3<Float> {
    let color = SIMD3(
      Float(pixels[3 * index]), Float(pixels[3 * index + 1]), Float(pixels[3 * index + 2]))
    return color / 255 - 0.5
  }
}
