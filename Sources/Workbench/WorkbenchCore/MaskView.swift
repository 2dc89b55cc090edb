/// How the mask is shown on the picture.
public enum MaskView: String, CaseIterable, Sendable {
  /// The inside tinted.
  case fill
  /// The border alone, so that the picture inside can be seen.
  case outline
  /// Nothing of it.
  case hidden
  /// What the last change added and took away.
  case difference
  /// The object alone on a checkerboard.
  case matte
  /// How sure the network is of each pixel.
  case confidence

  /// Those that one key goes through; the confidence has a key of its own.
  public static let cycle: [MaskView] = [.fill, .outline, .hidden, .difference, .matte]

  /// The next one in the cycle.
  public var next: MaskView {
    guard let index = Self.cycle.firstIndex(of: self) else { return .fill }
    return Self.cycle[(index + 1) % Self.cycle.count]
  }
}
