/// A place to show frames and to get events from.
///
/// A screen belongs to one thread; only its `waker` may be used from others.
public protocol Screen: AnyObject {
  /// The size in cells.
  var size: ScreenSize { get }
  /// What the terminal can do; changes only together with a resize event.
  var capabilities: Capabilities { get }
  /// What the last frame cost.
  var statistics: FrameStatistics { get }
  /// Wakes `nextEvents` from any thread.
  var waker: Waker { get }

  /// Whether a frame would be sent at once; `nextEvents` returns when that comes true.
  var isReady: Bool { get }

  /// Shows a frame: text first, then the graphics that changed.
  ///
  /// While the terminal is still taking an earlier frame the newest one waits, and frames between are dropped.
  func present(_ cells: CellBuffer, graphics: [Graphic])

  /// Waits for events.
  ///
  /// - Parameter timeout: How long to wait at most; nil waits until something happens.
  /// - Returns: Events in order; empty after the timeout, a wake, or when the screen is ready again.
  func nextEvents(timeout: Duration?) -> [Event]

  /// Shows the last frame again in full, whatever became of the terminal's contents.
  func redraw()

  /// Gives the terminal back to the shell until the program is continued.
  func suspend()

  /// Restores the terminal. Calling it twice does nothing.
  func close()
}

/// A screen's size in cells.
public struct ScreenSize: Hashable, Sendable {
  public var columns, rows: Int
  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

/// What a frame cost.
public struct FrameStatistics: Hashable, Sendable {
  /// Bytes of graphics sent, without the text.
  public var graphicsByteCount = 0
  /// From `present` to the last byte handed to the terminal.
  public var duration = Duration.zero
  /// From `present` to the terminal's word that the frame is shown; nil before that, and where it says nothing.
  public var roundTrip: Duration?
  public init() {}
}

/// Ends the wait of a screen's `nextEvents`; may be kept and called on any thread, also after `close`.
public struct Waker: Sendable {
  private let action: @Sendable () -> Void

  public init(_ action: @escaping @Sendable () -> Void) { self.action = action }

  public func wake() { action() }
}
