import WorkbenchCore

/// Decides what frames may cost: little while the view or a mark moves, and the full quality once it rests.
public struct Pace: Sendable {
  /// After this long without movement the view rests.
  private static let rest = Duration.milliseconds(180)

  /// What moves.
  private struct Position: Equatable {
    var viewport: Viewport?
    var crosshair: Crosshair?
    var drag: PanePoint?
  }

  private var shown = Position()
  private var link = LinkMeter()
  /// The bytes of the last picture sent in full.
  private var fullByteCount = 0
  /// When what was sent while moving is to be sent again in full; nil when there is nothing to do.
  public private(set) var deadline: ContinuousClock.Instant?

  public init() {}

  /// The effort for the next frame of a state.
  public mutating func effort(for state: State, now: ContinuousClock.Instant = .now) -> FrameEffort {
    let position = Position(
      viewport: state.view?.viewport, crosshair: state.view?.crosshair, drag: state.drag?.now)
    let hasMoved = position != shown && shown.viewport != nil
    let hasZoomed = hasMoved && position.viewport != shown.viewport
    shown = position
    let mayRest = deadline.map { $0 <= now } ?? true
    if !hasMoved, mayRest {
      deadline = nil
      return .full
    }
    let isSlow = link.isSlow(forBytes: fullByteCount)
    let effort: FrameEffort = isSlow ? .hurried : hasZoomed || deadline != nil ? .moving : .full
    if hasMoved, effort != .full { deadline = now + Self.rest }
    return effort
  }

  /// Takes the bytes of a frame's picture.
  public mutating func record(byteCount: Int, effort: FrameEffort) {
    if effort != .hurried, byteCount > 0 { fullByteCount = byteCount }
  }

  /// Takes the time until the terminal had shown a picture of so many bytes.
  public mutating func record(byteCount: Int, roundTrip: Duration) {
    link.record(byteCount: byteCount, seconds: roundTrip / .seconds(1))
  }
}
