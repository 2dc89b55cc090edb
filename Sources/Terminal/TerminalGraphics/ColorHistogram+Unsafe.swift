import TerminalScreen

/// How often colours occur, in 32 x 32 x 32 bins.
struct ColorHistogram {
  private struct Bin {
    var count = 0
    var red = 0
    var green = 0
    var blue = 0
  }

  /// The colours of a bin as one: their number and their mean red, green and blue.
  private struct Color {
    var count: Double
    var mean: SIMD4<Double>
  }

  /// Bins in the order red, green, blue, five bits each.
  private var bins = [Bin](repeating: Bin(), count: 1 << 15)

  /// Counts a picture's pixels.
  mutating func add(_ picture: Bitmap) {
    bins.withUnsafeMutableBufferPointer { bins in
      picture.pixels.withUnsafeBufferPointer { pixels in
        var index = 0
        // Bitmap holds three bytes for each pixel, and five bits of each make an index below 2^15.
        while index < pixels.count {
          let (red, green, blue) = (Int(pixels[index]), Int(pixels[index + 1]), Int(pixels[index + 2]))
          let bin = (red >> 3) << 10 | (green >> 3) << 5 | blue >> 3
          bins[bin].count += 1
          bins[bin].red += red
          bins[bin].green += green
          bins[bin].blue += blue
          index += 3
        }
      }
    }
  }

  /// Returns at most `limit` colours that stand for all.
  func representatives(limit: Int) -> [Palette.Entry] {
    let colors = bins.lazy.filter { $0.count > 0 }.map { bin in
      let count = Double(bin.count)
      return Color(
        count: count, mean: SIMD4(Double(bin.red), Double(bin.green), Double(bin.blue), 0) / count)
    }
    guard !colors.isEmpty else { return [] }
    var boxes = [Box(Array(colors))]
    while boxes.count < limit {
      guard let worst = boxes.indices.max(by: { boxes[$0].deviation < boxes[$1].deviation }),
        let (lower, upper) = boxes[worst].halves
      else { break }
      boxes[worst] = lower
      boxes.append(upper)
    }
    return boxes.map(\.entry)
  }

  /// A set of colours that one palette entry stands for.
  private struct Box {
    private let colors: [Color]
    /// Where the colours differ most: 0 red, 1 green, 2 blue.
    private let axis: Int
    private let mean: SIMD4<Double>
    /// The sum of squared distances from the mean along the axis where it is largest.
    let deviation: Double

    init(_ colors: [Color]) {
      self.colors = colors
      var count = 0.0
      var sum = SIMD4<Double>.zero
      for color in colors {
        count += color.count
        sum += color.mean * color.count
      }
      let mean = sum / count
      var spread = SIMD4<Double>.zero
      for color in colors {
        let distance = color.mean - mean
        spread += distance * distance * color.count
      }
      // Green weighs most and blue least, as in brightness.
      spread *= SIMD4(2, 4, 1, 0)
      let axis = (0..<3).max { spread[$0] < spread[$1] } ?? 0
      self.axis = axis
      self.mean = mean
      deviation = colors.count > 1 ? spread[axis] : 0
    }

    var entry: Palette.Entry {
      Palette.Entry(
        red: UInt8(mean.x.rounded()), green: UInt8(mean.y.rounded()), blue: UInt8(mean.z.rounded()))
    }

    /// The colours below the mean and the others; nil when they cannot be told apart.
    var halves: (Box, Box)? {
      guard deviation > 0 else { return nil }
      let lower = colors.filter { $0.mean[axis] < mean[axis] }
      let upper = colors.filter { $0.mean[axis] >= mean[axis] }
      return lower.isEmpty || upper.isEmpty ? nil : (Box(lower), Box(upper))
    }
  }
}
