/// A rectangle of whole pixels; its right and bottom edges are outside of it.
public struct PixelRect: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The first column and the first row.
  public var x, y: Int
  /// Columns and rows; 0 or more.
  public var width, height: Int

  /// Makes a rectangle.
  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// Whether no pixel is inside.
  public var isEmpty: Bool { width <= 0 || height <= 0 }

  /// The number of pixels inside.
  public var area: Int { isEmpty ? 0 : width * height }

  /// Returns whether every pixel of `other` is inside.
  public func contains(_ other: PixelRect) -> Bool {
    other.x >= x && other.y >= y && other.x + other.width <= x + width && other.y + other.height <= y + height
  }

  /// Returns the pixels that both rectangles hold.
  public func intersection(_ other: PixelRect) -> PixelRect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    let right = min(x + width, other.x + other.width)
    let bottom = min(y + height, other.y + other.height)
    return PixelRect(x: left, y: top, width: max(right - left, 0), height: max(bottom - top, 0))
  }

  public var description: String { "\(width)x\(height) at (\(x), \(y))" }
}
