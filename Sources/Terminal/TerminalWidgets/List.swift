import TerminalScreen

/// Rows of text of which one is selected.
public struct List: Hashable, Sendable {
  /// One row.
  public struct Item: Hashable, Sendable {
    public var text: String
    /// Text at the right end, such as a state or a count.
    public var detail: String
    /// How the text looks while it is not selected; nil for the theme's text.
    public var style: Style?
    /// How the detail looks while the row is not selected; nil for the theme's less important text.
    public var detailStyle: Style?

    public init(_ text: String, detail: String = "", style: Style? = nil, detailStyle: Style? = nil) {
      self.text = text
      self.detail = detail
      self.style = style
      self.detailStyle = detailStyle
    }
  }

  public var items: [Item]
  public var selection: Int?
  /// The first visible row, as `ScrollWindow` keeps it.
  public var firstVisible: Int
  /// Whether the list's pane has the keyboard.
  public var isActive: Bool
  /// Which part of a long text is left out.
  public var cut: TextFitting.Cut

  public init(
    items: [Item], selection: Int? = nil, firstVisible: Int = 0, isActive: Bool = true,
    cut: TextFitting.Cut = .end
  ) {
    self.items = items
    self.selection = selection
    self.firstVisible = firstVisible
    self.isActive = isActive
    self.cut = cut
  }

  /// Draws the list and returns the first visible row.
  @discardableResult
  public func render(into cells: inout CellBuffer, _ rect: Rect, styles: WidgetStyles) -> Int {
    cells.fill(rect, with: Cell(style: styles.text))
    let first = ScrollWindow.first(
      firstVisible, selection: selection, count: items.count, height: rect.height)
    for (row, index) in (first..<min(first + rect.height, items.count)).enumerated() {
      let item = items[index]
      let isSelected = index == selection
      let style =
        isSelected ? (isActive ? styles.selection : styles.inactiveSelection) : item.style ?? styles.text
      let y = rect.y + row
      if isSelected {
        cells.fill(Rect(x: rect.x, y: y, width: rect.width, height: 1), with: Cell(style: style))
      }
      let detail = TextFitting.shortened(item.detail, columns: rect.width / 2)
      let detailWidth = DisplayWidth.of(detail)
      let columns = rect.width - (detailWidth > 0 ? detailWidth + 1 : 0)
      let text = TextFitting.shortened(item.text, columns: columns, cut: cut)
      cells.write(text, x: rect.x, y: y, style: style, clip: rect)
      cells.write(
        detail, x: rect.maxX - detailWidth, y: y,
        style: isSelected ? style : item.detailStyle ?? styles.secondary, clip: rect)
    }
    return first
  }
}
