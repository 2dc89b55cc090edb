import Images

/// What a pixel is to an object that is to be segmented.
public enum PixelLabel: UInt8, Sendable {
  case outside, inside
  /// Neither right nor wrong, whatever is said of it.
  case ignored
}

/// An object whose true mask is known.
///
/// Invariant: `labels` holds `width` * `height` values.
public struct LabelledObject: Sendable {
  /// Pixels in a row, and rows.
  public let width, height: Int
  /// What each pixel is, row by row from the top.
  public let labels: [PixelLabel]

  /// Makes an object of labels in the order of `labels`.
  public init(width: Int, height: Int, labels: [PixelLabel]) {
    precondition(labels.count == width * height, "The labels fill their rows")
    self.width = width
    self.height = height
    self.labels = labels
  }

  /// The number of pixels inside.
  public var area: Int { labels.reduce(0) { $0 + ($1 == .inside ? 1 : 0) } }

  /// Returns the intersection over union with a mask of the same size, without the pixels that are ignored; 1 when
  /// both are empty.
  public func intersectionOverUnion(with mask: Mask) -> Double {
    precondition(width == mask.width && height == mask.height, "The mask differs from the object in size")
    var intersection = 0
    var union = 0
    for (label, value) in zip(labels, mask.values) where label != .ignored {
      let isPredicted = value >= Mask.threshold
      intersection += label == .inside && isPredicted ? 1 : 0
      union += label == .inside || isPredicted ? 1 : 0
    }
    return union == 0 ? 1 : Double(intersection) / Double(union)
  }
}
