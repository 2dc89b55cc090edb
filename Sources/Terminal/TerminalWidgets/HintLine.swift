import TerminalScreen

/// One row of keys and what they do; each is a place to click.
public struct HintLine: Hashable, Sendable {
  /// A key and what it does.
  public struct Hint: Hashable, Sendable {
    public var key: String
    public var text: String
    public init(key: String, text: String) {
      self.key = key
      self.text = text
    }
  }

  /// The hints, the most important first.
  public var hints: [Hint]

  public init(_ hints: [Hint]) { self.hints = hints }

  /// Where the hints that fit in the first row of a rectangle stand, in their order.
  public func places(in rect: Rect) -> [Rect] {
    var places: [Rect] = []
    var x = rect.x
    for hint in hints {
      let width = DisplayWidth.of(hint.key) + 1 + DisplayWidth.of(hint.text)
      guard x + width <= rect.maxX, !rect.isEmpty else { break }
      places.append(Rect(x: x, y: rect.y, width: width, height: 1))
      x += width + 2
    }
    return places
  }

  /// Draws the hints that fit in the first row of a rectangle.
  ///
  /// - Returns: Where each drawn hint stands, in their order.
  @discardableResult
  public func render(into cells: inout CellBuffer, _ rect: Rect, styles: WidgetStyles) -> [Rect] {
    let row = Rect(x: rect.x, y: rect.y, width: rect.width, height: min(rect.height, 1))
    cells.fill(row, with: Cell(style: styles.text))
    let places = places(in: row)
    for (hint, place) in zip(hints, places) {
      let width = cells.write(hint.key, x: place.x, y: place.y, style: styles.key, clip: row)
      cells.write(hint.text, x: place.x + width + 1, y: place.y, style: styles.secondary, clip: row)
    }
    return places
  }
}
