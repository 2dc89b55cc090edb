/// For each pixel of an image, whether it belongs to an object.
///
/// Invariant: `values` holds `width` * `height` bytes.
public struct Mask: Sendable, Equatable {
  /// Values from here on count as inside.
  public static let threshold: UInt8 = 128

  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// 0 outside, 255 inside, between them on soft edges; row by row from the top.
  public var values: [UInt8] {
    didSet { precondition(values.count == width * height, "A mask keeps its size") }
  }

  /// Makes a mask of values in the order of `values`.
  public init(width: Int, height: Int, values: [UInt8]) {
    precondition(
      width > 0 && height > 0 && values.count == width * height,
      "A mask of \(width)x\(height) cannot hold \(values.count) values")
    self.width = width
    self.height = height
    self.values = values
  }

  /// Makes a mask with nothing inside.
  public init(width: Int, height: Int) {
    self.init(width: width, height: height, values: [UInt8](repeating: 0, count: width * height))
  }

  /// Whether the pixel at column `x`, row `y` is inside.
  public subscript(x: Int, y: Int) -> Bool { values[y * width + x] >= Self.threshold }

  /// The number of pixels inside.
  public var area: Int { values.reduce(0) { $0 + ($1 >= Self.threshold ? 1 : 0) } }

  /// The smallest rectangle that holds every pixel inside; nil when there is none.
  public var boundingBox: PixelRect? {
    // Whole rows are joined, which processors do many bytes at a time.
    var columns = [UInt8](repeating: 0, count: width)
    var (top, bottom) = (height, -1)
    for y in 0..<height {
      let row = values[y * width..<(y + 1) * width]
      guard row.reduce(0, |) >= Self.threshold else { continue }
      top = min(top, y)
      bottom = y
      for x in columns.indices { columns[x] |= row[row.startIndex + x] }
    }
    guard let left = columns.firstIndex(where: { $0 >= Self.threshold }),
      let right = columns.lastIndex(where: { $0 >= Self.threshold })
    else { return nil }
    return PixelRect(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
  }

  /// Returns the intersection over union with a mask of the same size: 1 for equal ones, also for two empty ones.
  public func intersectionOverUnion(with other: Mask) -> Double {
    precondition(width == other.width && height == other.height, "The masks differ in size")
    var intersection = 0
    var union = 0
    for (mine, theirs) in zip(values, other.values) {
      let isMine = mine >= Self.threshold
      let isTheirs = theirs >= Self.threshold
      intersection += isMine && isTheirs ? 1 : 0
      union += isMine || isTheirs ? 1 : 0
    }
    return union == 0 ? 1 : Double(intersection) / Double(union)
  }
}
