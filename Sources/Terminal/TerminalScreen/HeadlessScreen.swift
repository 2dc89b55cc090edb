/// A screen in memory: plays prepared events and records frames; for tests and scripted runs.
public final class HeadlessScreen: Screen {
  /// One frame as it was presented.
  public struct Frame: Sendable {
    public var cells: CellBuffer
    public var graphics: [Graphic]

    /// The cells as seen: half-block graphics drawn, other graphics as `▒` where they show through.
    public var composed: CellBuffer {
      var result = cells
      for graphic in graphics {
        for y in graphic.rect.y..<graphic.rect.maxY {
          for x in graphic.rect.x..<graphic.rect.maxX where cells[x, y].isPicture {
            switch graphic.content {
            case .cells(let picture): result[x, y] = picture[x - graphic.rect.x, y - graphic.rect.y]
            case .sequence, .patches, .tiles: result[x, y] = Cell("▒")
            }
          }
        }
      }
      return result
    }

    /// The rows of text, as in a golden file.
    public var lines: [String] { composed.lines }
  }

  public private(set) var size: ScreenSize
  public var capabilities: Capabilities
  public private(set) var statistics = FrameStatistics()
  /// All frames presented, oldest first.
  public private(set) var frames: [Frame] = []
  public private(set) var isClosed = false
  public private(set) var suspendCount = 0
  public private(set) var redrawCount = 0
  private var pendingEvents: [[Event]] = []

  public init(columns: Int = 80, rows: Int = 24, capabilities: Capabilities = Capabilities()) {
    size = ScreenSize(columns: columns, rows: rows)
    self.capabilities = capabilities
  }

  public var waker: Waker { Waker {} }

  public var isReady: Bool { true }

  /// The newest frame.
  public var lastFrame: Frame? { frames.last }

  /// Queues events that the next call of `nextEvents` returns together.
  ///
  /// A resize event also changes `size`, when it is returned.
  public func post(_ events: [Event]) { pendingEvents.append(events) }

  /// Queues the presses of keys by their names, one call of `nextEvents` each.
  public func post(keys: String...) {
    for name in keys {
      guard let key = Key(name) else { preconditionFailure("no key is named \(name)") }
      post([.key(key)])
    }
  }

  public func present(_ cells: CellBuffer, graphics: [Graphic]) {
    let previous = frames.last?.graphics ?? []
    statistics = FrameStatistics()
    for graphic in graphics {
      let isUnchanged = previous.contains {
        $0.identity == graphic.identity && $0.generation == graphic.generation && $0.rect == graphic.rect
      }
      guard !isUnchanged else { continue }
      switch graphic.content {
      case .sequence(let bytes): statistics.graphicsByteCount += bytes.count
      case .patches(let tiles, _, _), .tiles(let tiles):
        statistics.graphicsByteCount += tiles.reduce(0) { $0 + $1.bytes.count }
      case .cells: break
      }
    }
    frames.append(Frame(cells: cells, graphics: graphics))
  }

  public func nextEvents(timeout: Duration?) -> [Event] {
    guard !pendingEvents.isEmpty else { return [] }
    let events = pendingEvents.removeFirst()
    for case .resize(let columns, let rows) in events { size = ScreenSize(columns: columns, rows: rows) }
    return events
  }

  public func redraw() { redrawCount += 1 }
  public func suspend() { suspendCount += 1 }
  public func close() { isClosed = true }
}
