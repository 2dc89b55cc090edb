/// Reads and writes picture files.
///
///     let photo = try ImageFile.load("photo.jpg")
///     try ImageFile.savePNG(mask, to: "photo-mask.png", overwrite: false)
public enum ImageFile {
  /// More bytes than any image within the pixel limit takes.
  static let byteLimit = 4_000_000_000

  /// Reads a PNG or JPEG file, told apart by content.
  ///
  /// A photo is turned upright by its EXIF orientation, transparency is composited over white, gamma is ignored.
  ///
  /// - Parameter pixelLimit: The most pixels that are decoded; checked before memory is taken for them.
  /// - Throws: `ImageError`.
  public static func load(_ path: String, pixelLimit: Int = 400_000_000) throws(ImageError) -> Image {
    let file = try OpenFile(path)
    guard file.byteCount > 0 else { throw .empty(path: path) }
    guard file.byteCount <= byteLimit else {
      throw .tooManyBytes(path: path, count: file.byteCount, limit: byteLimit)
    }
    let start = try file.read(atMost: 8)
    guard let format = Format(start: start) else { throw .notAnImage(path: path) }
    let bytes = try start + file.read(atMost: file.byteCount)
    return switch format {
    case .png: try PNGFormat.decode(bytes, path: path, pixelLimit: pixelLimit)
    case .jpeg: try JPEGFormat.decode(bytes, path: path, pixelLimit: pixelLimit)
    }
  }

  /// The most bytes that headers are looked for in before the whole file is.
  private static let headerByteLimit = 1 << 18

  /// Reads the size that `load` gives a PNG or JPEG file from its headers, without decoding pixels.
  ///
  /// - Throws: `ImageError`.
  public static func size(of path: String) throws(ImageError) -> (width: Int, height: Int) {
    let file = try OpenFile(path)
    guard file.byteCount > 0 else { throw .empty(path: path) }
    var bytes = try file.read(atMost: headerByteLimit)
    guard let format = Format(start: Array(bytes.prefix(8))) else { throw .notAnImage(path: path) }
    do {
      return try format.size(bytes, path: path)
    } catch {
      guard file.byteCount > bytes.count, file.byteCount <= byteLimit else { throw error }
      bytes += try file.read(atMost: file.byteCount)
      return try format.size(bytes, path: path)
    }
  }

  /// Writes an image as 8-bit RGB PNG; another program sees the old file or the whole new one.
  ///
  /// - Parameter overwrite: Whether a file of this name may be replaced.
  /// - Throws: `ImageError.exists` or `ImageError.unwritable`.
  public static func savePNG(_ image: Image, to path: String, overwrite: Bool) throws(ImageError) {
    let bytes = try PNGFormat.encode(
      image.pixels, width: image.width, height: image.height, channels: 3, path: path)
    try AtomicFile.write(bytes, to: path, overwrite: overwrite)
  }

  /// Writes a mask as 8-bit grey PNG; another program sees the old file or the whole new one.
  ///
  /// - Parameter overwrite: Whether a file of this name may be replaced.
  /// - Throws: `ImageError.exists` or `ImageError.unwritable`.
  public static func savePNG(_ mask: Mask, to path: String, overwrite: Bool) throws(ImageError) {
    let bytes = try PNGFormat.encode(
      mask.values, width: mask.width, height: mask.height, channels: 1, path: path)
    try AtomicFile.write(bytes, to: path, overwrite: overwrite)
  }

  /// Writes an image whose opacity is a mask as 8-bit RGBA PNG; another program sees the old file or the whole new one.
  ///
  /// - Parameters:
  ///   - opacity: A mask of the image's size.
  ///   - overwrite: Whether a file of this name may be replaced.
  /// - Throws: `ImageError.exists` or `ImageError.unwritable`.
  public static func savePNG(
    _ image: Image, opacity: Mask, to path: String, overwrite: Bool
  ) throws(ImageError) {
    precondition(
      image.width == opacity.width && image.height == opacity.height, "The mask has the image's size")
    var samples: [UInt8] = []
    samples.reserveCapacity(4 * opacity.values.count)
    for (index, value) in opacity.values.enumerated() {
      samples += image.pixels[3 * index..<3 * index + 3]
      samples.append(value)
    }
    let bytes = try PNGFormat.encode(
      samples, width: image.width, height: image.height, channels: 4, path: path)
    try AtomicFile.write(bytes, to: path, overwrite: overwrite)
  }

  /// Writes classes as 8-bit PNG with a palette: a pixel's number is its class, its colour for people.
  ///
  /// - Parameters:
  ///   - classes: `height` rows of `width` numbers of the palette.
  ///   - palette: From 1 to 256 colours.
  ///   - overwrite: Whether a file of this name may be replaced.
  /// - Throws: `ImageError.exists` or `ImageError.unwritable`.
  public static func savePNG(
    classes: [UInt8], width: Int, height: Int, palette: [(red: UInt8, green: UInt8, blue: UInt8)],
    to path: String, overwrite: Bool
  ) throws(ImageError) {
    let bytes = try PNGFormat.encode(
      classes, width: width, height: height, palette: palette, path: path)
    try AtomicFile.write(bytes, to: path, overwrite: overwrite)
  }

  /// Checks the size that a header promises before memory is taken for it.
  ///
  /// - Throws: `ImageError.tooManyPixels`.
  static func checkPixelCount(width: Int, height: Int, limit: Int, path: String) throws(ImageError) {
    let (count, overflow) = width.multipliedReportingOverflow(by: height)
    guard !overflow, count <= limit else {
      throw .tooManyPixels(path: path, width: width, height: height, limit: limit)
    }
  }

  /// A format that can be read.
  private enum Format {
    case png, jpeg

    /// Recognises a format by a file's first 8 bytes.
    init?(start: [UInt8]) {
      if start.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
        self = .png
      } else if start.starts(with: [0xFF, 0xD8, 0xFF]) {
        self = .jpeg
      } else {
        return nil
      }
    }

    func size(_ bytes: [UInt8], path: String) throws(ImageError) -> (width: Int, height: Int) {
      switch self {
      case .png: try PNGFormat.size(bytes, path: path)
      case .jpeg: try JPEGFormat.size(bytes, path: path)
      }
    }
  }
}
