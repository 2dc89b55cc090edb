import TerminalScreen

/// A point of the picture in image pixels; the centre of the first pixel is (0.5, 0.5).
public struct ImagePoint: Hashable, Sendable {
  public var x: Double
  public var y: Double

  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// A point of the image pane in pixels of its bitmap, from the bitmap's top left corner.
public struct PanePoint: Hashable, Sendable {
  public var x: Double
  public var y: Double

  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

extension PixelSize {
  /// Whether no pixel fits in.
  package var isEmpty: Bool { width <= 0 || height <= 0 }
}

extension Comparable {
  /// The value, or the nearer bound of `range` when it lies outside.
  func clamped(to range: ClosedRange<Self>) -> Self {
    min(max(self, range.lowerBound), range.upperBound)
  }
}
