import Images

/// What can be done to the mask of one object without the user's pointing anywhere.
public enum MaskOperation: String, CaseIterable, Sendable {
  case fillHoles = "fill-holes"
  case removeSpecks = "remove-specks"
  case grow, shrink, smooth, snap

  /// Parts of fewer pixels count as specks.
  public static let speckLimit = 64

  /// Returns what the operation makes of a mask.
  ///
  /// - Parameter image: The image of the mask's size.
  public func apply(to mask: RunLengths, of image: Image) -> RunLengths {
    switch self {
    case .fillHoles: mask.withoutHoles
    case .removeSpecks: mask.removingSpecks(below: Self.speckLimit)
    case .grow: mask.grown
    case .shrink: mask.shrunk
    case .smooth: mask.smoothed
    case .snap: mask.snapped(to: image)
    }
  }
}
