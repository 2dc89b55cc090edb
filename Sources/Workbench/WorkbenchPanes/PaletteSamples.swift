import TerminalScreen

/// What a palette is chosen from: a picture's colours without all of its pixels.
enum PaletteSamples {
  private static let step = 3

  /// Every third pixel of every third row.
  static func of(_ bitmap: Bitmap) -> Bitmap {
    let (width, height) = ((bitmap.width + step - 1) / step, (bitmap.height + step - 1) / step)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(3 * width * height)
    for y in stride(from: 0, to: bitmap.height, by: step) {
      for x in stride(from: 0, to: bitmap.width, by: step) {
        let index = 3 * (y * bitmap.width + x)
        pixels += bitmap.pixels[index..<index + 3]
      }
    }
    return Bitmap(width: width, height: height, pixels: pixels)
  }

  /// The pictures whose colours a view of the mask needs.
  static func pictures(_ plain: Bitmap, composed: Bitmap, look: MaskLook) -> [Bitmap] {
    let samples = of(plain)
    switch look.view {
    case .fill: return [samples, Mix(look.tint, look.opacity).applied(to: samples)]
    case .outline, .hidden: return [samples]
    case .difference:
      let strong = max(look.opacity, 0.6)
      return [samples]
        + [
          Mix(look.tint, look.opacity / 2), Mix(look.added, strong), Mix(look.removed, strong),
        ].map { $0.applied(to: samples) }
    case .matte, .confidence: return [samples, of(composed)]
    }
  }
}
