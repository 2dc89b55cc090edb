/// How fast the way to the terminal is, as the time from a frame to the terminal's word that it is shown says.
public struct LinkMeter: Sendable {
  /// Frames of fewer bytes tell more about the distance than about the width of the link.
  private static let leastBytes = 4096
  /// How much the newest measurement counts.
  private static let weight = 0.5
  /// A frame that takes longer does not follow the hand.
  private static let patience = 0.08

  private var secondsPerByte: Double?

  public init() {}

  /// Takes a measurement.
  public mutating func record(byteCount: Int, seconds: Double) {
    guard byteCount >= Self.leastBytes, seconds > 0 else { return }
    let new = seconds / Double(byteCount)
    secondsPerByte = secondsPerByte.map { $0 + Self.weight * (new - $0) } ?? new
  }

  /// Bytes that pass in a second; nil before the first measurement.
  public var bytesPerSecond: Double? { secondsPerByte.map { 1 / $0 } }

  /// Whether a frame of so many bytes would lag behind the hand.
  public func isSlow(forBytes byteCount: Int) -> Bool {
    Double(byteCount) * (secondsPerByte ?? 0) > Self.patience
  }
}
