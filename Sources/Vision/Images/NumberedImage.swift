/// A picture whose pixels are numbers of classes or objects: what a grey or palette PNG file stores.
///
/// Invariant: `numbers` holds `width` * `height` bytes.
public struct NumberedImage: Sendable, Equatable {
  /// Pixels in a row, and rows.
  public let width, height: Int
  /// A number for each pixel, row by row from the top.
  public let numbers: [UInt8]

  /// Makes a picture of numbers in the order of `numbers`.
  public init(width: Int, height: Int, numbers: [UInt8]) {
    precondition(
      width > 0 && height > 0 && numbers.count == width * height,
      "A picture of \(width)x\(height) cannot hold \(numbers.count) numbers")
    self.width = width
    self.height = height
    self.numbers = numbers
  }

  /// Reads a grey or palette PNG file of at most 8 bits; a palette's colours and grey levels do not count.
  ///
  /// - Parameter path: The file's name, for errors.
  /// - Throws: `ImageError`.
  public init(png bytes: [UInt8], path: String, pixelLimit: Int = 400_000_000) throws(ImageError) {
    guard !bytes.isEmpty else { throw .empty(path: path) }
    self = try PNGFormat.numbers(bytes, path: path, pixelLimit: pixelLimit)
  }

  /// Returns an 8-bit PNG file with the numbers as grey values, or with those of a palette's colours.
  ///
  /// - Parameter palette: From 1 to 256 colours, more than the greatest number; nil for grey.
  public func png(
    palette: [(red: UInt8, green: UInt8, blue: UInt8)]? = nil
  ) throws(ImageError) -> [UInt8] {
    guard let palette else {
      return try PNGFormat.encode(numbers, width: width, height: height, channels: 1, path: "")
    }
    return try PNGFormat.encode(numbers, width: width, height: height, palette: palette, path: "")
  }
}
