import TerminalGraphics

/// What a frame may cost.
public enum FrameEffort: Sendable {
  /// Few bytes: half of the scale and few colours, for links slower than the hand.
  case hurried
  /// Little work: half of the scale, the colours that were chosen for an earlier view of the photo, and single pixels in
  /// place of means.
  case moving
  /// Every pixel in the best colours.
  case full

  var quality: PictureQuality {
    switch self {
    case .hurried: .reduced
    case .moving: .halved
    case .full: .full
    }
  }
}
