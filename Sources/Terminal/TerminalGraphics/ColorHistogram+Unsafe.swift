import TerminalScreen

/// How often colours occur, in 32 x 32 x 32 bins.
struct ColorHistogram {
  private struct Bin {
    var count = 0
    var red = 0
    var green = 0
    var blue = 0
  }

  private struct Color {
    var count, red, green, blue: Double
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
    let colors = bins.filter { $0.count > 0 }.map { bin in
      let count = Double(bin.count)
      return Color(
        count: count, red: Double(bin.red) / count, green: Double(bin.green) / count,
        blue: Double(bin.blue) / count)
    }
    guard !colors.isEmpty else { return [] }
    var boxes = [Box(colors)]
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
    private let axis: KeyPath<Color, Double> & Sendable
    private let mean: Double
    /// The sum of squared distances from the mean along the axis where it is largest.
    let deviation: Double
    let entry: Palette.Entry

    init(_ colors: [Color]) {
      self.colors = colors
      let count = colors.reduce(0) { $0 + $1.count }
      let axes: [(path: KeyPath<Color, Double> & Sendable, weight: Double)] = [
        (\.red, 2), (\.green, 4), (\.blue, 1),
      ]
      let spread = axes.map { axis in
        let mean = colors.reduce(0) { $0 + $1.count * $1[keyPath: axis.path] } / count
        let deviation = colors.reduce(0) { sum, color in
          let distance = color[keyPath: axis.path] - mean
          return sum + color.count * distance * distance
        }
        return (mean: mean, deviation: deviation * axis.weight)
      }
      let longest = spread.indices.max { spread[$0].deviation < spread[$1].deviation } ?? 0
      axis = axes[longest].path
      mean = spread[longest].mean
      deviation = colors.count > 1 ? spread[longest].deviation : 0
      entry = Palette.Entry(
        red: UInt8(spread[0].mean.rounded()), green: UInt8(spread[1].mean.rounded()),
        blue: UInt8(spread[2].mean.rounded()))
    }

    /// The colours below the mean and the others; nil when they cannot be told apart.
    var halves: (Box, Box)? {
      guard deviation > 0 else { return nil }
      let lower = colors.filter { $0[keyPath: axis] < mean }
      let upper = colors.filter { $0[keyPath: axis] >= mean }
      return lower.isEmpty || upper.isEmpty ? nil : (Box(lower), Box(upper))
    }
  }
}
