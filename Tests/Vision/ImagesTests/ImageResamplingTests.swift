import Images
import Testing

@Suite struct ImageResamplingTests {
  static let cases: [(width: Int, height: Int, crop: PixelRect, newWidth: Int, newHeight: Int)] = [
    (12, 8, PixelRect(x: 0, y: 0, width: 12, height: 8), 4, 2),
    (13, 9, PixelRect(x: 2, y: 1, width: 11, height: 7), 5, 3),
    (13, 9, PixelRect(x: 2, y: 1, width: 11, height: 7), 23, 31),
    (13, 9, PixelRect(x: 0, y: 0, width: 13, height: 9), 7, 20),
    (5, 5, PixelRect(x: 4, y: 4, width: 1, height: 1), 3, 3),
    (200, 3, PixelRect(x: 0, y: 0, width: 200, height: 3), 1, 1),
    (31, 17, PixelRect(x: 3, y: 2, width: 10, height: 10), 10, 10),
  ]

  /// Every sample by its definition along each axis.
  static func reference(
    _ image: Image, _ crop: PixelRect, _ newWidth: Int, _ newHeight: Int, _ filter: ResizeFilter
  ) -> [Double] {
    func weights(_ index: Int, _ count: Int, _ samples: Int) -> [Double] {
      let raw = unscaledWeights(index, count, samples)
      let sum = raw.reduce(0, +)
      return raw.map { $0 / sum }
    }
    func unscaledWeights(_ index: Int, _ count: Int, _ samples: Int) -> [Double] {
      let step = Double(samples) / Double(count)
      let start = Double(index) * step
      return (0..<samples).map { sample in
        let left = Double(sample)
        if filter == .nearest {
          return Int((Double(index) + 0.5) * step) == sample ? 1 : 0
        } else if filter == .areaAverage && count < samples {
          return max(min(left + 1, start + step) - max(left, start), 0) / step
        }
        if filter == .antialiasedBilinear {
          return max(1 - abs(left + 0.5 - start - step / 2) / max(step, 1), 0)
        }
        let centre = min(max(start + step / 2 - 0.5, 0), Double(samples - 1))
        return max(1 - abs(centre - left), 0)
      }
    }
    var result: [Double] = []
    for y in 0..<newHeight {
      let down = weights(y, newHeight, crop.height)
      for x in 0..<newWidth {
        let across = weights(x, newWidth, crop.width)
        for channel in 0..<3 {
          var sum = 0.0
          for row in 0..<crop.height where down[row] != 0 {
            for column in 0..<crop.width {
              let sample = image.pixels[3 * ((crop.y + row) * image.width + crop.x + column) + channel]
              sum += down[row] * across[column] * Double(sample)
            }
          }
          result.append(sum)
        }
      }
    }
    return result
  }

  @Test(arguments: ResizeFilter.allCases, 0..<cases.count)
  func matchesTheDefinition(_ filter: ResizeFilter, _ index: Int) {
    let item = Self.cases[index]
    let image = Image.noise(width: item.width, height: item.height)
    let result = image.resampled(
      from: item.crop, width: item.newWidth, height: item.newHeight, filter: filter)
    let expected = Self.reference(image, item.crop, item.newWidth, item.newHeight, filter)
    #expect(result.width == item.newWidth && result.height == item.newHeight)
    for (found, wanted) in zip(result.pixels, expected) {
      #expect(abs(Double(found) - wanted) <= 0.501, "\(item) \(filter)")
    }
  }

  @Test(arguments: ResizeFilter.allCases)
  func networkInputIsNormalised(_ filter: ResizeFilter) {
    let item = Self.cases[1]
    let image = Image.noise(width: item.width, height: item.height)
    let normalization = PixelNormalization(mean: [10, 20, 30], scale: [0.5, 0.25, 2])
    let pixelStride = 5
    var target = [Float](repeating: -7, count: pixelStride * item.newWidth * item.newHeight)
    target.withUnsafeMutableBufferPointer {
      image.write(
        crop: item.crop, width: item.newWidth, height: item.newHeight, filter: filter,
        normalization: normalization, into: $0, pixelStride: pixelStride)
    }
    let expected = Self.reference(image, item.crop, item.newWidth, item.newHeight, filter)
    for pixel in 0..<item.newWidth * item.newHeight {
      for channel in 0..<3 {
        let wanted =
          (Float(expected[3 * pixel + channel]) - normalization.mean[channel]) * normalization.scale[channel]
        #expect(abs(target[pixelStride * pixel + channel] - wanted) < 1e-3)
      }
      #expect(target[pixelStride * pixel + 3] == -7 && target[pixelStride * pixel + 4] == -7)
    }
  }

  @Test func pixelsOutsideTheCropHaveNoInfluence() {
    let crop = PixelRect(x: 4, y: 3, width: 5, height: 4)
    let image = Image.noise(width: 12, height: 10)
    for filter in ResizeFilter.allCases {
      let direct = image.resampled(from: crop, width: 17, height: 3, filter: filter)
      #expect(direct == image.cropped(to: crop).resized(width: 17, height: 3, filter: filter))
    }
  }

  @Test(arguments: ResizeFilter.allCases)
  func constantStaysConstant(_ filter: ResizeFilter) {
    let image = Image(width: 37, height: 21, pixels: [UInt8](repeating: 201, count: 3 * 37 * 21))
    for (width, height) in [(1, 1), (5, 64), (100, 3), (36, 20)] {
      let result = image.resized(width: width, height: height, filter: filter)
      #expect(result.pixels.allSatisfy { $0 == 201 }, "\(width)x\(height)")
    }
  }

  @Test func croppingTakesTheRightPixels() {
    let image = Image.noise(width: 9, height: 6)
    let part = image.cropped(to: PixelRect(x: 2, y: 1, width: 3, height: 4))
    for y in 0..<4 { for x in 0..<3 { #expect(part[x, y] == image[x + 2, y + 1]) } }
  }
}
