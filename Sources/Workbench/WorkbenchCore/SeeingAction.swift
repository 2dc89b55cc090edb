/// What can be changed about how the mask and the picture are looked at.
public enum SeeingAction: Sendable {
  case nextMaskView
  case showMask(MaskView)
  case toggleConfidence
  case changeOpacity(steps: Int)
  /// 0 to 1.
  case setOpacity(Double)
  case toggleMagnifier
  case toggleRulers
  case toggleMinimap
  /// Moves the crosshair to a point of the picture.
  case goTo(ImagePoint)
  /// Shows an image pixel as so many screen pixels.
  case zoomTo(scale: Double)
}
