/// A picture ready for the terminal: 8-bit sRGB, red, green, blue interleaved, rows from the top.
public struct Bitmap: Hashable, Sendable {
  public let width, height: Int
  /// `width * height * 3` bytes.
  public var pixels: [UInt8]

  /// Makes a bitmap of given pixels.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(
      width >= 0 && height >= 0 && pixels.count == width * height * 3,
      "\(pixels.count) bytes do not fill a bitmap of \(width)x\(height)")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// Makes a bitmap of one colour.
  public init(width: Int, height: Int, red: UInt8 = 0, green: UInt8 = 0, blue: UInt8 = 0) {
    let row = [red, green, blue]
    self.init(
      width: width, height: height,
      pixels: [UInt8](unsafeUninitializedCapacity: width * height * 3) { bytes, count in
        count = width * height * 3
        if red == green, green == blue { return bytes.initialize(repeating: red) }
        for index in 0..<count { bytes[index] = row[index % 3] }
      })
  }
}
