import Images

extension TanhPolarWarp {
  /// Returns the map of a picture, `width` radii by `height` angles, interpolated linearly; black beyond the picture.
  public func map(of image: Image, width: Int, height: Int) -> Image {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(3 * width * height)
    for row in 0..<height {
      for column in 0..<width {
        let point = picturePoint(
          ofMap: PlanePoint(x: Double(column), y: Double(row)), width: width, height: height)
        pixels += Self.color(of: image, at: point)
      }
    }
    return Image(width: width, height: height, pixels: pixels)
  }

  /// Brings a map back into the picture, interpolated linearly: its rows join at the full turn, beyond its last column
  /// there is 0.
  ///
  /// - Parameters:
  ///   - values: `mapHeight` rows of `mapWidth` values.
  ///   - width: The picture's columns.
  ///   - height: The picture's rows.
  /// - Returns: `height` rows of `width` values.
  public func restored(
    _ values: [Float], mapWidth: Int, mapHeight: Int, width: Int, height: Int
  ) -> [Float] {
    precondition(values.count == mapWidth * mapHeight, "The values fill the map")
    var result = [Float](repeating: 0, count: width * height)
    for y in 0..<height {
      for x in 0..<width {
        let point = mapPoint(
          ofPicture: PlanePoint(x: Double(x), y: Double(y)), width: mapWidth, height: mapHeight)
        let (column, row) = (Int(point.x), Int(point.y))
        let (right, below) = (Float(point.x - Double(column)), Float(point.y - Double(row)))
        // A turn just below nothing rounds to a full one, so the first row is taken modulo the height too.
        let upper = Self.blend(values, row % mapHeight, column, right, mapWidth)
        let lower = Self.blend(values, (row + 1) % mapHeight, column, right, mapWidth)
        result[y * width + x] = upper + below * (lower - upper)
      }
    }
    return result
  }

  /// Returns the value of a row `part` of the way from `column` to the next one.
  private static func blend(
    _ values: [Float], _ row: Int, _ column: Int, _ part: Float, _ width: Int
  ) -> Float {
    let left = column < width ? values[row * width + column] : 0
    let right = column + 1 < width ? values[row * width + column + 1] : 0
    return left + part * (right - left)
  }

  /// Returns red, green and blue between the four pixels around a point.
  private static func color(of image: Image, at point: PlanePoint) -> [UInt8] {
    let (left, top) = (point.x.rounded(.down), point.y.rounded(.down))
    guard left >= -1, top >= -1, left < Double(image.width), top < Double(image.height) else {
      return [0, 0, 0]
    }
    let (right, below) = (point.x - left, point.y - top)
    var sums = [0.0, 0.0, 0.0]
    for (y, rowWeight) in [(Int(top), 1 - below), (Int(top) + 1, below)] where y >= 0 && y < image.height {
      for (x, weight) in [(Int(left), 1 - right), (Int(left) + 1, right)] where x >= 0 && x < image.width {
        let pixel = image[x, y]
        sums[0] += rowWeight * weight * Double(pixel.red)
        sums[1] += rowWeight * weight * Double(pixel.green)
        sums[2] += rowWeight * weight * Double(pixel.blue)
      }
    }
    return sums.map { UInt8($0.rounded()) }
  }
}
