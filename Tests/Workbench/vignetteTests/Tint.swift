import WorkbenchCore

/// Tells by colours whether the mask's tint lies over a pixel.
struct Tint {
  /// A pixel, 0 to 255 each.
  typealias Pixel = [Double]

  let color: Pixel
  let opacity: Double

  /// The tint of a theme.
  init(_ theme: Theme) {
    let pixel = theme.pixel(.mask)
    color = [Double(pixel.red), Double(pixel.green), Double(pixel.blue)]
    opacity = theme.maskOpacity
  }

  /// Whether `after` is `before` under the tint rather than `before` itself.
  func isOn(before: Pixel, after: Pixel) -> Bool {
    let tinted = zip(before, color).map { $0 * (1 - opacity) + $1 * opacity }
    return Self.distance(after, tinted) < Self.distance(after, before)
  }

  /// Whether a pixel is as it was, but for what few colours can show.
  static func isUnchanged(before: Pixel, after: Pixel) -> Bool { distance(before, after) < 24 }

  static func distance(_ first: Pixel, _ second: Pixel) -> Double {
    zip(first, second).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
  }
}
