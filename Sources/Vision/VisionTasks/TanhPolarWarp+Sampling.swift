import Foundation
import Images

extension TanhPolarWarp {
  /// Returns the map of a picture, `width` radii by `height` angles, interpolated linearly; black beyond the picture.
  public func map(of image: Image, width: Int, height: Int) -> Image {
    // A row of the map is a ray from the centre, along which only the radius changes.
    let radii = (0..<width).map { Float(atanh(Double($0) / Double(width))) }
    let unit = tanh(1.0) * Double(width)
    let rays = (0..<height).map { row -> SIMD2<Float> in
      let end = picturePoint(ofMap: PlanePoint(x: unit, y: Double(row)), width: width, height: height)
      return SIMD2(Float(end.x - center.x), Float(end.y - center.y))
    }
    return ImageSampler(image).picture(
      width: width, height: height, start: { _ in SIMD2(Float(center.x), Float(center.y)) },
      offset: { row, column in radii[column] * rays[row] })
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
}
