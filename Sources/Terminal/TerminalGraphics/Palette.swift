import TerminalScreen

/// The colours of an indexed picture, with some entries kept for overlays.
///
/// The picture's colours come from a histogram of 32 x 32 x 32 bins by variance-based splitting (Wan, Wong and
/// Prusinkiewicz, "An algorithm for multidimensional data clustering", 1988): the box with the largest sum of
/// squared deviations is cut at its mean. A palette is made once per view; overlays then change without it.
public struct Palette: Hashable, Sendable {
  /// An 8-bit sRGB colour.
  public struct Entry: Hashable, Sendable {
    public var red, green, blue: UInt8
    public init(red: UInt8, green: UInt8, blue: UInt8) {
      self.red = red
      self.green = green
      self.blue = blue
    }

    /// The nearest colour that sixel can name: whole percents of each component.
    var inPercents: (red: Int, green: Int, blue: Int) {
      func percent(_ value: UInt8) -> Int { (Int(value) * 100 + 127) / 255 }
      return (percent(red), percent(green), percent(blue))
    }
  }

  /// The most entries there can be.
  public static let limit = 256

  /// The picture's colours, then the reserved ones.
  public let entries: [Entry]
  /// How many entries at the end are reserved: only pixels of exactly their colour use them.
  public let reservedCount: Int

  /// How many entries belong to the picture.
  public var pictureCount: Int { entries.count - reservedCount }

  /// Makes the palette that fits pictures best.
  ///
  /// - Parameters:
  ///   - pictures: What will be shown, such as a photo and the same photo tinted.
  ///   - reserved: Colours of overlays, which are to appear exactly; at most 16 are used.
  ///   - limit: The most entries, 2 to 256; the reserved ones count.
  public init(pictures: [Bitmap], reserved: [Entry] = [], limit: Int = Palette.limit) {
    let limit = min(max(limit, 2), Palette.limit)
    let reserved = Array(reserved.prefix(min(16, limit - 1)))
    var histogram = ColorHistogram()
    for picture in pictures { histogram.add(picture) }
    let colors = histogram.representatives(limit: limit - reserved.count)
    entries = (colors.isEmpty ? [Entry(red: 0, green: 0, blue: 0)] : colors) + reserved
    reservedCount = reserved.count
  }

  /// Returns the index of the picture's entry nearest to a colour.
  func nearest(red: Int, green: Int, blue: Int) -> Int {
    var best = 0
    var bestDistance = Int.max
    for index in 0..<pictureCount {
      let entry = entries[index]
      let redDistance = red - Int(entry.red)
      let greenDistance = green - Int(entry.green)
      let blueDistance = blue - Int(entry.blue)
      // Green weighs most and blue least, as in brightness.
      let distance =
        2 * redDistance * redDistance + 4 * greenDistance * greenDistance + blueDistance * blueDistance
      if distance < bestDistance {
        bestDistance = distance
        best = index
      }
    }
    return best
  }
}
