/// How much of a picture is sent.
public enum PictureQuality: Sendable {
  /// Every pixel, in as many colours as the terminal takes.
  case full
  /// Every other pixel in the same colours, for views that move on at once.
  case halved
  /// Every other pixel in few colours, for links that are slower than the hand.
  case reduced
}
