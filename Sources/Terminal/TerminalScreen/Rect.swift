/// A rectangle of cells; `x` and `y` count from 0 at the top left.
public struct Rect: Hashable, Sendable {
  public var x, y, width, height: Int

  /// Makes a rectangle; negative sizes become 0.
  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(width, 0)
    self.height = max(height, 0)
  }

  public var isEmpty: Bool { width == 0 || height == 0 }
  /// The column right of the last one.
  public var maxX: Int { x + width }
  /// The row below the last one.
  public var maxY: Int { y + height }

  /// Returns whether the cell at (x, y) is inside.
  public func contains(x: Int, y: Int) -> Bool {
    x >= self.x && x < maxX && y >= self.y && y < maxY
  }

  /// Returns the part that both rectangles cover, perhaps empty.
  public func intersection(_ other: Rect) -> Rect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Rect(x: left, y: top, width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
  }

  /// Returns the rectangle without a margin of cells on each side.
  public func inset(horizontally: Int, vertically: Int) -> Rect {
    Rect(
      x: x + horizontally, y: y + vertically, width: width - 2 * horizontally, height: height - 2 * vertically
    )
  }

  /// Returns a rectangle of at most the given size in the middle of this one.
  public func centered(width: Int, height: Int) -> Rect {
    let width = min(width, self.width)
    let height = min(height, self.height)
    return Rect(
      x: x + (self.width - width) / 2, y: y + (self.height - height) / 2, width: width, height: height)
  }
}
