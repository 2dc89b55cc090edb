import TerminalScreen

/// One row of facts: some at the left, some at the right; the last ones give way when it is narrow.
public struct StatusLine: Hashable, Sendable {
  /// One fact.
  public struct Segment: Hashable, Sendable {
    public var text: String
    /// How it looks; nil for the line's own style.
    public var style: Style?
    public init(_ text: String, style: Style? = nil) {
      self.text = text
      self.style = style
    }
  }

  /// Facts from the left, the most important first.
  public var left: [Segment]
  /// Facts at the right end, the most important last.
  public var right: [Segment]
  /// How many of the facts from the left come before those at the right.
  public var essentialCount: Int

  public init(left: [Segment], right: [Segment] = [], essentialCount: Int = 1) {
    self.left = left
    self.right = right
    self.essentialCount = essentialCount
  }

  /// Draws the line in the first row of a rectangle.
  public func render(into cells: inout CellBuffer, _ rect: Rect, style: Style) {
    let row = Rect(x: rect.x, y: rect.y, width: rect.width, height: min(rect.height, 1))
    cells.fill(row, with: Cell(style: style))
    var right = right
    let essential = width(of: Array(left.prefix(essentialCount)))
    while !right.isEmpty, width(of: right) + 2 + essential > row.width { right.removeFirst() }
    let rightWidth = width(of: right)
    let leftEnd = row.maxX - (rightWidth > 0 ? rightWidth + 2 : 0)
    var x = row.x
    for (index, segment) in left.enumerated() {
      if index > 0 { x += 2 }
      let space = leftEnd - x
      let text = index == 0 ? TextFitting.shortened(segment.text, columns: space) : segment.text
      guard DisplayWidth.of(text) <= space else { break }
      x += cells.write(text, x: x, y: row.y, style: segment.style ?? style, clip: row)
    }
    x = row.maxX - rightWidth
    for (index, segment) in right.enumerated() {
      if index > 0 { x += 2 }
      x += cells.write(segment.text, x: x, y: row.y, style: segment.style ?? style, clip: row)
    }
  }

  private func width(of segments: [Segment]) -> Int {
    segments.reduce(0) { $0 + DisplayWidth.of($1.text) } + 2 * max(segments.count - 1, 0)
  }
}
