import Images

/// What the user chose to see of and beside the picture.
public struct Seeing: Sendable {
  public internal(set) var maskView = MaskView.fill
  /// How much of the mask's colour is mixed into the picture, 0 to 1; nil for the theme's own.
  public internal(set) var opacity: Double?
  /// Whether a magnifier shows what is under the crosshair.
  public internal(set) var hasMagnifier = false
  /// Whether rulers count the image's pixels along the picture's border.
  public internal(set) var hasRulers = false
  /// Whether an enlarged picture has a small map of the whole.
  public internal(set) var hasMinimap = true

  public init() {}
}
