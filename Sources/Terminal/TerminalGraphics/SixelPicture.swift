import TerminalScreen

/// Encodes the bitmaps of one pane as sixel images in full and in reduced quality, each with colours of its own.
struct SixelPicture: Sendable {
  /// Colours of a reduced picture; the marks' are among them.
  private static let reducedColors = 40

  /// What palettes are made of.
  private struct Colors: Sendable {
    var pictures: [Bitmap] = []
    var reserved: [Palette.Entry] = []
    var dithering = SixelEncoder.Dithering.none
    /// What was drawn in other colours.
    var drawn: Bitmap?

    func makeEncoder(limit: Int) -> SixelEncoder {
      SixelEncoder(
        palette: Palette(pictures: pictures, reserved: reserved, limit: limit), dithering: dithering,
        after: drawn)
    }
  }

  private let colorLimit: Int
  private var colors = Colors()
  private var full: SixelEncoder?
  private var reduced: SixelEncoder?

  init(colorLimit: Int) { self.colorLimit = min(colorLimit, Palette.limit) }

  /// Chooses the colours of full pictures; those of reduced ones stay, so that they do not flicker while the view
  /// moves over a photo.
  mutating func setPalette(
    pictures: [Bitmap], reserved: [Palette.Entry], dithering: SixelEncoder.Dithering
  ) {
    let drawn = full.map(\.drawn) ?? colors.drawn
    colors = Colors(pictures: pictures, reserved: reserved, dithering: dithering, drawn: drawn)
    full = nil
  }

  /// Makes the colours of reduced pictures anew when one is next asked for.
  mutating func forgetReduced() { reduced = nil }

  /// A picture as sequences.
  struct Encoded {
    var whole: [UInt8]
    /// What draws all that is not as in the picture of this quality before; nil when that is too much.
    var patches: [(rect: Rect, bytes: [UInt8])]?
  }

  /// - Parameter cell: The pixels of a cell.
  mutating func encode(_ bitmap: Bitmap, quality: PictureQuality, cell: PixelSize) -> Encoded {
    if colors.pictures.isEmpty { colors.pictures = [bitmap] }
    switch quality {
    case .full: return Self.encode(bitmap, with: &full, colors, limit: colorLimit, cell: cell)
    case .halved:
      var encoder = full ?? colors.makeEncoder(limit: colorLimit)
      full = nil
      defer { full = encoder }
      return Encoded(whole: encoder.encodeInSquares(bitmap))
    case .reduced:
      let limit = min(colorLimit, Self.reducedColors)
      return Self.encode(bitmap.inSquares, with: &reduced, colors, limit: limit, cell: cell)
    }
  }

  /// Encodes by the encoder in its place or, where there is none, by a new one of these colours.
  private static func encode(
    _ bitmap: Bitmap, with place: inout SixelEncoder?, _ colors: Colors, limit: Int, cell: PixelSize
  ) -> Encoded {
    var encoder = place ?? colors.makeEncoder(limit: limit)
    // One owner only, so that the encoder's memory is not copied.
    place = nil
    defer { place = encoder }
    var patches: [(Rect, [UInt8])]?
    if let rects = encoder.changedCells(in: bitmap, cell: cell), arePatches(rects, of: bitmap, cell: cell) {
      patches = rects.map { rect in
        let (left, top) = (rect.x * cell.width, rect.y * cell.height)
        let part = bitmap.part(
          left: left, top: top, width: min(rect.width * cell.width, bitmap.width - left),
          height: min(rect.height * cell.height, bitmap.height - top))
        return (rect, encoder.encode(part: part, left: left, top: top))
      }
    }
    return Encoded(whole: encoder.encode(bitmap), patches: patches)
  }

  /// Whether rectangles are few and small enough to be sent instead of the whole.
  private static func arePatches(_ rects: [Rect], of bitmap: Bitmap, cell: PixelSize) -> Bool {
    let area = rects.reduce(0) { $0 + $1.width * cell.width * $1.height * cell.height }
    return rects.count <= 4 && area * 4 <= bitmap.width * bitmap.height
  }
}
