import Images
import Testing

@Suite struct MaskTests {
  @Test func areaAndBoundingBox() {
    var mask = Mask(width: 7, height: 5)
    #expect(mask.area == 0 && mask.boundingBox == nil)
    mask.values[1 * 7 + 2] = 255
    mask.values[3 * 7 + 5] = 128
    mask.values[4 * 7 + 6] = 127
    #expect(mask.area == 2)
    #expect(mask.boundingBox == PixelRect(x: 2, y: 1, width: 4, height: 3))
    #expect(mask[2, 1] && !mask[6, 4])
  }

  @Test func intersectionOverUnion() {
    let left = Mask(width: 4, height: 1, values: [255, 255, 0, 0])
    let right = Mask(width: 4, height: 1, values: [0, 255, 200, 100])
    #expect(left.intersectionOverUnion(with: right) == 1.0 / 3)
    #expect(left.intersectionOverUnion(with: left) == 1)
    #expect(Mask(width: 4, height: 1).intersectionOverUnion(with: Mask(width: 4, height: 1)) == 1)
    #expect(left.intersectionOverUnion(with: Mask(width: 4, height: 1)) == 0)
  }

  /// Against a plain bilinear interpolation, one pixel at a time.
  @Test(arguments: [
    (5, 4, PixelRect(x: 2, y: 3, width: 20, height: 17), 31, 25),
    (8, 8, PixelRect(x: 0, y: 0, width: 8, height: 8), 8, 8),
    (16, 12, PixelRect(x: 1, y: 0, width: 5, height: 3), 9, 4),
    (1, 1, PixelRect(x: 0, y: 0, width: 3, height: 1), 3, 2),
  ])
  func valuesAreInterpolated(columns: Int, rows: Int, crop: PixelRect, width: Int, height: Int) {
    let noise = Image.noise(width: columns, height: rows, seed: 5)
    let values = (0..<columns * rows).map { Float(noise.pixels[3 * $0]) - 127.3 }
    let mask = Mask(
      interpolating: values, columns: columns, rows: rows, over: crop, width: width, height: height,
      threshold: 10)
    func sample(_ x: Double, _ y: Double) -> Double {
      func place(_ value: Double, _ count: Int) -> (Int, Int, Double) {
        let inside = min(max(value - 0.5, 0), Double(count - 1))
        return (Int(inside), min(Int(inside) + 1, count - 1), inside - Double(Int(inside)))
      }
      let (left, right, across) = place(x, columns)
      let (top, bottom, down) = place(y, rows)
      func stored(_ x: Int, _ y: Int) -> Double { Double(values[y * columns + x]) }
      return (stored(left, top) * (1 - across) + stored(right, top) * across) * (1 - down)
        + (stored(left, bottom) * (1 - across) + stored(right, bottom) * across) * down
    }
    for y in 0..<height {
      for x in 0..<width {
        let isInCrop =
          (crop.x..<crop.x + crop.width).contains(x) && (crop.y..<crop.y + crop.height).contains(y)
        let value = sample(
          (Double(x - crop.x) + 0.5) * Double(columns) / Double(crop.width),
          (Double(y - crop.y) + 0.5) * Double(rows) / Double(crop.height))
        guard abs(value - 10) > 1e-3 || !isInCrop else { continue }
        #expect(mask[x, y] == (isInCrop && value > 10), "(\(x), \(y)): \(value)")
      }
    }
  }
}
