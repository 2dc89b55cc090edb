/// A mask of which only a part of the image can have anything inside; the rest takes no memory and no time.
public struct CroppedMask: Sendable, Equatable {
  /// Pixels in a row of the image.
  public let width: Int
  /// Rows of the image.
  public let height: Int
  /// The part of the image that `part` covers; nothing beyond is inside.
  public let crop: PixelRect
  /// The mask of that part.
  public let part: Mask

  /// Lays the mask of a part into an image.
  ///
  /// - Parameter crop: A part of the image, of the size of `part`.
  public init(_ part: Mask, at crop: PixelRect, width: Int, height: Int) {
    precondition(
      PixelRect(x: 0, y: 0, width: width, height: height).contains(crop)
        && part.width == crop.width && part.height == crop.height,
      "A mask of \(part.width)x\(part.height) does not fill \(crop) of \(width)x\(height)")
    self.part = part
    self.crop = crop
    self.width = width
    self.height = height
  }

  /// Takes all of a mask.
  public init(_ mask: Mask) {
    self.init(
      mask, at: PixelRect(x: 0, y: 0, width: mask.width, height: mask.height), width: mask.width,
      height: mask.height)
  }

  /// The mask of the whole image.
  public var whole: Mask {
    guard crop.width < width || crop.height < height else { return part }
    var values = [UInt8](repeating: 0, count: width * height)
    for y in 0..<crop.height {
      let start = (crop.y + y) * width + crop.x
      values.replaceSubrange(
        start..<start + crop.width, with: part.values[y * crop.width..<(y + 1) * crop.width])
    }
    return Mask(width: width, height: height, values: values)
  }

  /// The number of pixels inside.
  public var area: Int { part.area }

  /// The smallest rectangle of the image that holds every pixel inside; nil when there is none.
  public var boundingBox: PixelRect? {
    part.boundingBox.map { PixelRect(x: crop.x + $0.x, y: crop.y + $0.y, width: $0.width, height: $0.height) }
  }
}
