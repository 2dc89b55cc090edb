import WorkbenchCore

/// Decides what frames may cost: little while the view or a mark moves, and the full quality once it rests.
public struct Pace: Sendable {
  /// After this long without movement the view rests.
  private static let restTime = Duration.milliseconds(180)

  /// What moves.
  private struct Position: Equatable {
    var viewport: Viewport?
    var crosshair: Crosshair?
    var drag: PanePoint?
  }

  private var shown = Position()
  private var link = LinkMeter()
  /// About the bytes of a picture of a new view that is sent in full.
  private var viewByteCount = 0
  /// The bytes of the last picture in which nothing but a mark had moved.
  private var markByteCount = 0
  /// Whether the frame that is being made differs from the one before by a mark's place alone.
  private var isMark = false
  /// When what was sent while moving is to be sent again in full.
  private var rest: ContinuousClock.Instant?
  /// Whether the terminal has yet to say that it has shown a frame.
  private var isUnderway = false

  /// When the next frame is due though nothing changes; nil for never. What is still on its way does not rest.
  public var deadline: ContinuousClock.Instant? { isUnderway ? nil : rest }

  public init() {}

  /// The effort for the next frame of a state.
  public mutating func effort(for state: State, now: ContinuousClock.Instant = .now) -> FrameEffort {
    let position = Position(
      viewport: state.view?.viewport, crosshair: state.view?.crosshair, drag: state.drag?.now)
    let hasMoved = position != shown && shown.viewport != nil
    isMark = false
    let hasZoomed = hasMoved && position.viewport != shown.viewport
    shown = position
    let mayRest = rest.map { $0 <= now && !isUnderway } ?? true
    if !hasMoved, mayRest {
      rest = nil
      return .full
    }
    isMark = !hasZoomed && rest == nil
    let isSlow = link.isSlow(forBytes: isMark ? markByteCount : viewByteCount)
    let effort: FrameEffort = isSlow ? .hurried : isMark ? .full : .moving
    if hasMoved, effort != .full { rest = now + Self.restTime }
    return effort
  }

  /// Takes the bytes of a frame's picture, and whether the terminal will say that it has shown it.
  public mutating func record(byteCount: Int, effort: FrameEffort, isAcknowledged: Bool = false) {
    isUnderway = isAcknowledged && byteCount > 0
    guard byteCount > 0 else { return }
    if isMark {
      // What was hurried once may have been an exception: the next one is sent in full.
      markByteCount = effort == .hurried ? 0 : byteCount
    } else if effort != .hurried {
      // Much less than before is a part of the picture.
      viewByteCount = max(byteCount, viewByteCount / 2)
    }
  }

  /// Takes the time until the terminal had shown a picture of so many bytes.
  public mutating func record(
    byteCount: Int, roundTrip: Duration, now: ContinuousClock.Instant = .now
  ) {
    isUnderway = false
    if rest != nil { rest = now + Self.restTime }
    link.record(byteCount: byteCount, seconds: roundTrip / .seconds(1))
  }
}
