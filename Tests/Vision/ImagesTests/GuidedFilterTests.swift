import Images
import TestSupport
import Testing

@Suite struct GuidedFilterTests {
  /// A picture of two noisy colours that meet on a slanted, wavy edge, and where the second colour is.
  static func picture(width: Int, height: Int, noise: Float = 12) -> (image: Image, truth: Mask) {
    let grain = Image.noise(width: width, height: height, seed: 3)
    var pixels: [UInt8] = []
    var truth = Mask(width: width, height: height)
    for y in 0..<height {
      for x in 0..<width {
        let isInside = x + 12 * (y / 9 % 2) > width / 3 + y / 4
        let color: [Float] = isInside ? [170, 120, 90] : [60, 90, 140]
        truth.values[y * width + x] = isInside ? 255 : 0
        for channel in 0..<3 {
          let part = Float(grain.pixels[3 * (y * width + x) + channel]) / 255 - 0.5
          pixels.append(UInt8(color[channel] + noise * part))
        }
      }
    }
    return (Image(width: width, height: height, pixels: pixels), truth)
  }

  /// Against the definition, window by window: every pixel is the mean of all windows' functions that hold it.
  @Test(arguments: [(13, 9, 2, 1e-3), (20, 31, 4, 1e-2), (5, 6, 9, 1e-4), (1, 7, 2, 1e-3)])
  func exactFilterIsTheDefinition(width: Int, height: Int, radius: Int, epsilon: Double) {
    let image = Image.noise(width: width, height: height, seed: 8)
    let map = Image.noise(width: width, height: height, seed: 9)
    let values = (0..<width * height).map { Float(map.pixels[3 * $0]) / 255 }
    let filter = GuidedFilter(radius: Double(radius), epsilon: Float(epsilon), subsampling: 1)
    let mask = filter.refine(values, columns: width, rows: height, over: image.bounds, of: image).whole
    let reference = Self.reference(values, image, radius: radius, epsilon: epsilon)
    for index in values.indices {
      let expected = min(max(reference[index], 0), 1) * 255
      #expect(abs(Double(mask.values[index]) - expected) < 0.6, "\(index)")
    }
  }

  static func reference(_ values: [Float], _ image: Image, radius: Int, epsilon: Double) -> [Double] {
    func color(_ place: Int) -> [Double] { (0..<3).map { Double(image.pixels[3 * place + $0]) / 255 } }
    return GuidedFilterReference(columns: image.width, rows: image.height, reach: radius, epsilon: epsilon)
      .functions(values, color: color).enumerated().map { place, function in
        zip(function, color(place) + [1]).reduce(0) { $0 + $1.0 * $1.1 }
      }
  }

  @Test(arguments: [1, 2, 4])
  func edgesOfACoarseMapMoveToThoseOfThePicture(subsampling: Int) {
    let (image, truth) = Self.picture(width: 240, height: 200)
    // What a network sees at a tenth of the size.
    let (columns, rows) = (24, 20)
    let values = (0..<columns * rows).map { place -> Float in
      let (left, top) = (place % columns * 10, place / columns * 10)
      let inside = (0..<100).count { truth[left + $0 % 10, top + $0 / 10] }
      return Float(inside) / 100
    }
    let plain = Mask(
      interpolating: values, columns: columns, rows: rows, over: image.bounds, width: 240, height: 200,
      threshold: 0.5)
    let refined = GuidedFilter(radius: 10, epsilon: 1e-3, subsampling: subsampling)
      .refine(values, columns: columns, rows: rows, over: image.bounds, of: image).whole
    func mistakes(_ mask: Mask) -> Int {
      (0..<240 * 200).count { (mask.values[$0] >= 128) != (truth.values[$0] >= 128) }
    }
    #expect(mistakes(plain) > 300)
    #expect(mistakes(refined) < mistakes(plain) / 4, "\(mistakes(refined)) of \(mistakes(plain))")
  }

  @Test(arguments: [UInt8(0), 124, 200, 254])
  func aThresholdIsThatOfTheSoftMask(threshold: UInt8) {
    let (image, truth) = Self.picture(width: 200, height: 150)
    let values = (0..<30).map { Float(truth.values[($0 / 6 * 30 + 15) * 200 + $0 % 6 * 32 + 16]) / 255 }
    let crop = PixelRect(x: 3, y: 7, width: 190, height: 140)
    let filter = GuidedFilter(radius: 12, epsilon: 1e-3, subsampling: 4)
    let soft = filter.refine(values, columns: 6, rows: 5, over: crop, of: image)
    let hard = filter.refine(values, columns: 6, rows: 5, over: crop, of: image, threshold: threshold)
    #expect(hard.crop == crop && hard.part.values == soft.part.values.map { $0 > threshold ? 255 : 0 })
    #expect(hard.area > 1000 && hard.area < crop.area - 1000)
  }

  @Test func nothingIsInsideBeyondTheCrop() {
    let (image, _) = Self.picture(width: 90, height: 70)
    let crop = PixelRect(x: 11, y: 5, width: 37, height: 51)
    let mask = GuidedFilter(radius: 6).refine(
      [Float](repeating: 1, count: 12), columns: 3, rows: 4, over: crop, of: image
    ).whole
    for y in 0..<70 {
      for x in 0..<90 {
        let isInCrop = (11..<48).contains(x) && (5..<56).contains(y)
        #expect(mask.values[y * 90 + x] == (isInCrop ? 255 : 0))
      }
    }
  }

  @Test(arguments: [(1, 1), (2, 1), (1, 9), (65, 33)])
  func smallPicturesAreNoSpecialCase(width: Int, height: Int) {
    let image = Image.noise(width: width, height: height, seed: 1)
    let mask = GuidedFilter(radius: 20, subsampling: 4)
      .refine([0.25], columns: 1, rows: 1, over: image.bounds, of: image).whole
    #expect(mask.values.allSatisfy { abs(Int($0) - 64) <= 1 })
  }

  @Test(arguments: [1, 2, 5, 40])
  func meansOfWindows(reach: Int) {
    let (width, height) = (23, 70)
    let noise = Image.noise(width: width, height: height, seed: 2)
    let values = (0..<width * height).map { SIMD2(Float(noise.pixels[3 * $0]), Float($0)) }
    let means = BoxMean(width: width, height: height, reach: reach).of(values)
    for y in 0..<height {
      for x in 0..<width {
        var (sum, count) = (SIMD2<Float>.zero, Float(0))
        for row in max(y - reach, 0)...min(y + reach, height - 1) {
          for column in max(x - reach, 0)...min(x + reach, width - 1) {
            sum += values[row * width + column]
            count += 1
          }
        }
        let error = means[y * width + x] - sum / count
        #expect(abs(error.x) < 0.01 && abs(error.y) < 0.02)
      }
    }
  }
}
