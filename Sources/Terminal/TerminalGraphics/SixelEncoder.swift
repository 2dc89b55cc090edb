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
  private let header: [UInt8]
  private var previous: (bitmap: Bitmap, bands: [[UInt8]])?

  /// The rows of pixels in a band.
  static let bandHeight = 6

  /// Makes an encoder for images of one palette.
  public init(palette: Palette, dithering: Dithering = .none) {
    lookup = ColorLookup(palette)
    self.dithering = dithering
    var text = ""
    for (index, entry) in palette.entries.enumerated() {
      let percents = entry.inPercents
      text += "#\(index);2;\(percents.red);\(percents.green);\(percents.blue)"
    }
    header = Array(text.utf8)
  }

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
    let encoded = SixelBands.encode(changed, of: bitmap, lookup: &lookup, dithering: dithering)
    for (number, bytes) in zip(changed, encoded) { bands[number] = bytes }
    var result = Array("\u{1B}P0;1;0q\"1;1;\(bitmap.width);\(bitmap.height)".utf8)
    result.reserveCapacity(result.count + header.count + bands.reduce(bandCount + 2) { $0 + $1.count })
    result += header
    for (index, bytes) in bands.enumerated() {
      if index > 0 { result.append(UInt8(ascii: "-")) }
      result += bytes
    }
    result += [0x1B, UInt8(ascii: "\\")]
    previous = (bitmap, bands)
    return result
  }
}
