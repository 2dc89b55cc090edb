import TerminalScreen

/// Encodes bitmaps as DEC sixel images.
///
/// The image names all its pixels, so nothing of what was there before remains, and it is drawn without being
/// erased first (P2 = 1). Bands of six rows that are as in the image before are not encoded again, which makes
/// moving a marker or changing a part of a mask cheap.
public struct SixelEncoder: Sendable {
  /// How colours that are not in the palette are shown.
  public enum Dithering: Sendable {
    /// By the nearest entry.
    case none
    /// By a pattern of near entries (an ordered 4 x 4 matrix); smoother, and more bytes.
    case ordered
  }

  /// The palette's entries by five bits of red, green and blue.
  private var lookup: ColorLookup
  private let dithering: Dithering
  /// The names of all colours.
  private let header: [UInt8]
  private var previous: (bitmap: Bitmap, bands: [[UInt8]])?
  /// What an encoder with other colours drew before this one's first image.
  private var inherited: Bitmap?

  /// The rows of pixels in a band.
  static let bandHeight = 6

  /// Makes an encoder for images of one palette.
  public init(palette: Palette, dithering: Dithering = .none) {
    self.init(palette: palette, dithering: dithering, after: nil)
  }

  /// Makes an encoder that takes over where one with other colours left off: pixels that were drawn keep their colours when
  /// those change their meaning, so only parts need be drawn anew.
  init(palette: Palette, dithering: Dithering, after drawn: Bitmap?) {
    lookup = ColorLookup(palette)
    inherited = drawn
    self.dithering = dithering
    header = Self.names(of: palette.entries.indices, in: palette)
  }

  /// What gives colours their numbers.
  private static func names(of colors: some Sequence<Int>, in palette: Palette) -> [UInt8] {
    var text = ""
    for color in colors {
      let percents = palette.entries[color].inPercents
      text += "#\(color);2;\(percents.red);\(percents.green);\(percents.blue)"
    }
    return Array(text.utf8)
  }

  /// What begins an image: it is drawn over what is there, and its pixels are square.
  private static func start(width: Int, height: Int) -> [UInt8] {
    Array("\u{1B}P0;1;0q\"1;1;\(width);\(height)".utf8)
  }

  private static let end: [UInt8] = [0x1B, UInt8(ascii: "\\")]

  /// Returns the image as one sequence, from DCS to ST.
  public mutating func encode(_ bitmap: Bitmap) -> [UInt8] {
    let bandCount = (bitmap.height + Self.bandHeight - 1) / Self.bandHeight
    let old = previous.flatMap {
      $0.bitmap.width == bitmap.width && $0.bitmap.height == bitmap.height ? $0 : nil
    }
    previous = nil
    var bands = old?.bands ?? Array(repeating: [], count: bandCount)
    let changed = (0..<bandCount).filter { number in
      let first = number * Self.bandHeight
      let rows = first..<min(first + Self.bandHeight, bitmap.height)
      return old.map { !bitmap.hasSameRows(rows, as: $0.bitmap) } ?? true
    }
    let encoded = SixelBands.encode(
      changed, of: bitmap, inSquares: false, lookup: &lookup, dithering: dithering)
    for (number, bytes) in zip(changed, encoded) { bands[number] = bytes }
    previous = (bitmap, bands)
    inherited = nil
    return image(of: bitmap, bands)
  }

  /// Returns the image in squares of two by two pixels for less work and fewer bytes: each in the colour of its upper
  /// left one, or in a reserved colour that is in it, so that thin marks stay.
  package mutating func encodeInSquares(_ bitmap: Bitmap) -> [UInt8] {
    previous = nil
    inherited = nil
    let bandCount = (bitmap.height + Self.bandHeight - 1) / Self.bandHeight
    let bands = SixelBands.encode(
      Array(0..<bandCount), of: bitmap, inSquares: true, lookup: &lookup, dithering: dithering)
    return image(of: bitmap, bands)
  }

  private func image(of bitmap: Bitmap, _ bands: [[UInt8]]) -> [UInt8] {
    var result = Self.start(width: bitmap.width, height: bitmap.height)
    result.reserveCapacity(result.count + header.count + bands.reduce(bands.count + 2) { $0 + $1.count })
    result += header
    for (index, bytes) in bands.enumerated() {
      if index > 0 { result.append(UInt8(ascii: "-")) }
      result += bytes
    }
    return result + Self.end
  }

  /// The bitmap drawn last.
  var drawn: Bitmap? { previous?.bitmap ?? inherited }

  /// Returns the rectangles of whole cells in which a bitmap differs from the one drawn last; nil when that had
  /// another size.
  func changedCells(in bitmap: Bitmap, cell: PixelSize) -> [Rect]? {
    guard let old = drawn, old.width == bitmap.width, old.height == bitmap.height else {
      return nil
    }
    return bitmap.changedCells(from: old, cell: cell)
  }

  /// Returns a part of an image as an image of its own, in the same colours pixel by pixel.
  ///
  /// - Parameters:
  ///   - part: The pixels.
  ///   - left: The column of the image where they begin.
  ///   - top: The row where they begin.
  mutating func encode(part: Bitmap, left: Int, top: Int) -> [UInt8] {
    var band = SixelBand(width: part.width, colorCount: lookup.palette.entries.count)
    var colors: Set<Int> = []
    var bands: [UInt8] = []
    for first in stride(from: 0, to: part.height, by: Self.bandHeight) {
      if first > 0 { bands.append(UInt8(ascii: "-")) }
      band.fill(
        part, rows: first..<min(first + Self.bandHeight, part.height), lookup: &lookup, dithering: dithering,
        left: left, top: top)
      colors.formUnion(band.colors)
      bands += band.encoded()
    }
    return Self.start(width: part.width, height: part.height)
      + Self.names(of: colors.sorted(), in: lookup.palette) + bands + Self.end
  }
}
