import CTurboJPEG

/// JPEG through libturbojpeg.
enum JPEGFormat {
  /// Decodes a JPEG file of grey, YCbCr, RGB, CMYK or YCCK pixels and turns it upright.
  ///
  /// - Throws: `ImageError.damaged` or `.tooManyPixels`.
  static func decode(_ bytes: [UInt8], path: String, pixelLimit: Int) throws(ImageError) -> Image {
    guard let decoder = tjInitDecompress() else { throw damaged(path, nil) }
    defer { tjDestroy(decoder) }
    var width: Int32 = 0
    var height: Int32 = 0
    var subsampling: Int32 = 0
    var colorSpace: Int32 = 0
    guard
      tjDecompressHeader3(
        decoder, bytes, UInt(bytes.count), &width, &height, &subsampling, &colorSpace) == 0
    else { throw damaged(path, decoder) }
    let size = (width: Int(width), height: Int(height))
    try ImageFile.checkPixelCount(width: size.width, height: size.height, limit: pixelLimit, path: path)

    let metadata = JPEGMetadata(bytes)
    let isFourInks = colorSpace == Int32(TJCS_CMYK.rawValue) || colorSpace == Int32(TJCS_YCCK.rawValue)
    let format = isFourInks ? TJPF_CMYK : TJPF_RGB
    let channels = isFourInks ? 4 : 3
    var isDecoded = false
    var pixels = [UInt8](unsafeUninitializedCapacity: size.width * size.height * channels) { buffer, count in
      // Safe: the buffer has room for `channels` bytes per pixel, which is what the decoder writes. After a
      // failure the array stays empty.
      let status = tjDecompress2(
        decoder, bytes, UInt(bytes.count), buffer.baseAddress, width, 0, height, format.rawValue,
        TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS)
      isDecoded = status == 0 || isHarmless(decoder)
      count = isDecoded ? size.width * size.height * channels : 0
    }
    guard isDecoded else { throw damaged(path, decoder) }
    if isFourInks { pixels = rgb(fromInks: pixels, isInverted: metadata.isAdobe) }
    return Image(width: size.width, height: size.height, pixels: pixels)
      .turnedUpright(from: metadata.orientation)
  }

  /// Reads the size that the segments before a JPEG file's pixels state, of the picture turned upright; what follows
  /// them may be missing.
  ///
  /// - Throws: `ImageError.damaged`.
  static func size(_ bytes: [UInt8], path: String) throws(ImageError) -> (width: Int, height: Int) {
    guard let decoder = tjInitDecompress() else { throw damaged(path, nil) }
    defer { tjDestroy(decoder) }
    var (width, height, subsampling, colorSpace): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    guard
      tjDecompressHeader3(
        decoder, bytes, UInt(bytes.count), &width, &height, &subsampling, &colorSpace) == 0
    else { throw damaged(path, decoder) }
    // A file that ends before the size passes as one of tables alone.
    guard width > 0, height > 0 else {
      throw .damaged(path: path, format: "JPEG", reason: "it ends before its size")
    }
    let stored = (width: Int(width), height: Int(height))
    return JPEGMetadata(bytes).orientation.isTurned ? (stored.height, stored.width) : stored
  }

  /// Whether the decoder only skipped superfluous bytes between segments, which cameras do write.
  private static func isHarmless(_ decoder: tjhandle) -> Bool {
    tjGetErrorCode(decoder) == Int32(TJERR_WARNING.rawValue)
      && String(cString: tjGetErrorStr2(decoder)).contains("extraneous bytes before marker")
  }

  private static func damaged(_ path: String, _ decoder: tjhandle?) -> ImageError {
    .damaged(path: path, format: "JPEG", reason: String(cString: tjGetErrorStr2(decoder)))
  }

  /// Converts inks to light as printers' files are shown on screens without a colour profile.
  ///
  /// - Parameter isInverted: Whether 255 means no ink, as Adobe's programs write it.
  private static func rgb(fromInks inks: [UInt8], isInverted: Bool) -> [UInt8] {
    let flip: UInt8 = isInverted ? 0 : 255
    var pixels: [UInt8] = []
    pixels.reserveCapacity(inks.count / 4 * 3)
    for start in stride(from: 0, to: inks.count, by: 4) {
      let paper = Int(inks[start + 3] ^ flip)
      for ink in 0..<3 {
        pixels.append(UInt8((Int(inks[start + ink] ^ flip) * paper + 127) / 255))
      }
    }
    return pixels
  }
}
