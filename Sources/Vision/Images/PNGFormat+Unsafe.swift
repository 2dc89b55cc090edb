import CPNG
import Glibc

/// PNG through libpng.
enum PNGFormat {
  /// Decodes a PNG file of any bit depth, colour type and interlacing.
  ///
  /// - Throws: `ImageError.damaged` or `.tooManyPixels`.
  static func decode(_ bytes: [UInt8], path: String, pixelLimit: Int) throws(ImageError) -> Image {
    let size = try size(bytes, path: path)
    try ImageFile.checkPixelCount(width: size.width, height: size.height, limit: pixelLimit, path: path)
    var reason: String?
    let pixels = [UInt8](unsafeUninitializedCapacity: 3 * size.width * size.height) { buffer, count in
      // Safe: the buffer has room for 3 bytes per pixel, which is what the decoder writes; a failed decoder may
      // have written less, then the array stays empty.
      reason = reasonOfFailure { cpng_read_rgb(bytes, bytes.count, buffer.baseAddress, $0) }
      count = reason == nil ? 3 * size.width * size.height : 0
    }
    if let reason { throw .damaged(path: path, format: "PNG", reason: reason) }
    return Image(width: size.width, height: size.height, pixels: pixels)
  }

  /// Reads the size that the header of a PNG file states; the rest may be missing.
  ///
  /// - Throws: `ImageError.damaged`.
  static func size(_ bytes: [UInt8], path: String) throws(ImageError) -> (width: Int, height: Int) {
    var width: UInt32 = 0
    var height: UInt32 = 0
    try call(path) { cpng_read_size(bytes, bytes.count, &width, &height, $0) }
    return (Int(width), Int(height))
  }

  /// Reads the numbers that the pixels of a grey or palette PNG file of at most 8 bits are stored as.
  ///
  /// - Throws: `ImageError.damaged`, also for other pixels, or `.tooManyPixels`.
  static func numbers(_ bytes: [UInt8], path: String, pixelLimit: Int) throws(ImageError) -> NumberedImage {
    let (width, height) = try size(bytes, path: path)
    try ImageFile.checkPixelCount(width: width, height: height, limit: pixelLimit, path: path)
    var reason: String?
    let numbers = [UInt8](unsafeUninitializedCapacity: width * height) { buffer, count in
      // Safe: the buffer has room for a byte per pixel, which is what the decoder writes; after a failure the array
      // stays empty.
      reason = reasonOfFailure { cpng_read_numbers(bytes, bytes.count, buffer.baseAddress, $0) }
      count = reason == nil ? width * height : 0
    }
    if let reason { throw .damaged(path: path, format: "PNG", reason: reason) }
    return NumberedImage(width: width, height: height, numbers: numbers)
  }

  /// Encodes 8-bit samples.
  ///
  /// - Parameter channels: 1 for grey, 3 for RGB, 4 for RGB and opacity.
  /// - Throws: `ImageError.unwritable`.
  static func encode(_ samples: [UInt8], width: Int, height: Int, channels: Int, path: String)
    throws(ImageError) -> [UInt8]
  {
    precondition(samples.count == width * height * channels, "The samples fill the image")
    return try bytes(path) {
      cpng_write(samples, UInt32(width), UInt32(height), Int32(channels), $0, $1, $2)
    }
  }

  /// Encodes the numbers of a palette's colours.
  ///
  /// - Parameter palette: From 1 to 256 colours.
  /// - Throws: `ImageError.unwritable`.
  static func encode(
    _ indices: [UInt8], width: Int, height: Int, palette: [(red: UInt8, green: UInt8, blue: UInt8)],
    path: String
  ) throws(ImageError) -> [UInt8] {
    precondition(indices.count == width * height, "The numbers fill the image")
    precondition((1...256).contains(palette.count), "A palette has from 1 to 256 colours")
    precondition(indices.allSatisfy { $0 < palette.count }, "The numbers are of the palette")
    let colors = palette.flatMap { [$0.red, $0.green, $0.blue] }
    return try bytes(path) {
      cpng_write_indexed(
        indices, UInt32(width), UInt32(height), colors, Int32(palette.count), $0, $1, $2)
    }
  }

  /// Calls an encoder and takes over its bytes.
  private static func bytes(
    _ path: String,
    _ encode: (
      UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>, UnsafeMutablePointer<Int>,
      UnsafeMutablePointer<CChar>
    ) -> Int32
  ) throws(ImageError) -> [UInt8] {
    var encoded: UnsafeMutablePointer<UInt8>?
    var count = 0
    let reason = reasonOfFailure { encode(&encoded, &count, $0) }
    if let reason { throw .unwritable(path: path, reason: reason) }
    defer { free(encoded) }
    // Safe: after success `encoded` holds `count` bytes.
    return [UInt8](UnsafeBufferPointer(start: encoded, count: count))
  }

  private static func call(
    _ path: String, _ function: (UnsafeMutablePointer<CChar>) -> Int32
  ) throws(ImageError) {
    if let reason = reasonOfFailure(function) { throw .damaged(path: path, format: "PNG", reason: reason) }
  }

  /// Calls a function of CPNG and returns its message when it fails.
  private static func reasonOfFailure(_ function: (UnsafeMutablePointer<CChar>) -> Int32) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(CPNG_MESSAGE_SIZE)) { message in
      // Safe: the message has the size that CPNG asks for and ends with a zero after a failure.
      function(message.baseAddress!) == 0 ? nil : String(cString: message.baseAddress!)
    }
  }
}
