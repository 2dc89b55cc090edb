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

    func makeEncoder(limit: Int) -> SixelEncoder {
      SixelEncoder(
        palette: Palette(pictures: pictures, reserved: reserved, limit: limit), dithering: dithering)
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
    colors = Colors(pictures: pictures, reserved: reserved, dithering: dithering)
    full = nil
  }

  /// Makes the colours of reduced pictures anew when one is next asked for.
  mutating func forgetReduced() { reduced = nil }

  mutating func encode(_ bitmap: Bitmap, quality: PictureQuality) -> [UInt8] {
    if colors.pictures.isEmpty { colors.pictures = [bitmap] }
    switch quality {
    case .full: return Self.encode(bitmap, with: &full, colors, limit: colorLimit)
    case .reduced:
      let limit = min(colorLimit, Self.reducedColors)
      return Self.encode(bitmap.inSquares, with: &reduced, colors, limit: limit)
    }
  }

  /// Encodes by the encoder in its place or, where there is none, by a new one of these colours.
  private static func encode(
    _ bitmap: Bitmap, with place: inout SixelEncoder?, _ colors: Colors, limit: Int
  ) -> [UInt8] {
    var encoder = place ?? colors.makeEncoder(limit: limit)
    // One owner only, so that the encoder's memory is not copied.
    place = nil
    defer { place = encoder }
    return encoder.encode(bitmap)
  }
}
