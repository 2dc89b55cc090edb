/// A picture of 8-bit sRGB pixels.
///
///     pixel (x, y) is at pixels[3 * (y * width + x)...], in the order red, green, blue
///
/// Invariant: `pixels` holds 3 * `width` * `height` bytes and neither side is 0.
public struct Image: Sendable, Equatable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Red, green and blue of each pixel, row by row from the top.
  public private(set) var pixels: [UInt8]

  /// Makes an image of pixels in the order of `pixels`.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0, "An image has pixels, this one is \(width)x\(height)")
    precondition(
      pixels.count == 3 * width * height,
      "An image of \(width)x\(height) has \(3 * width * height) bytes, \(pixels.count) were given")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// The whole picture.
  public var bounds: PixelRect { PixelRect(x: 0, y: 0, width: width, height: height) }

  /// The red, green and blue of the pixel at column `x`, row `y`.
  public subscript(x: Int, y: Int) -> (red: UInt8, green: UInt8, blue: UInt8) {
    let start = 3 * (y * width + x)
    return (pixels[start], pixels[start + 1], pixels[start + 2])
  }

  /// Returns the part of the image that lies in `rect`.
  ///
  /// - Parameter rect: A part of `bounds` that is not empty.
  public func cropped(to rect: PixelRect) -> Image {
    precondition(bounds.contains(rect) && !rect.isEmpty, "\(rect) is not a part of \(bounds)")
    var part: [UInt8] = []
    part.reserveCapacity(3 * rect.width * rect.height)
    for y in rect.y..<rect.y + rect.height {
      let start = 3 * (y * width + rect.x)
      part += pixels[start..<start + 3 * rect.width]
    }
    return Image(width: rect.width, height: rect.height, pixels: part)
  }
}
