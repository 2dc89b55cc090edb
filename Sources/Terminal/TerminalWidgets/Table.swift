import TerminalScreen

/// Rows of cells under headings, with bars behind a column that show how large its numbers are.
public struct Table: Hashable, Sendable {
  /// One column.
  public struct Column: Hashable, Sendable {
    public var title: String
    /// The columns of the screen it takes; nil shares what the others leave.
    public var width: Int?
    public var alignment: Alignment
    /// Which part of a long text is left out.
    public var cut: TextFitting.Cut

    /// Numbers belong to the right.
    public init(
      _ title: String, width: Int? = nil, alignment: Alignment = .left, cut: TextFitting.Cut = .end
    ) {
      self.title = title
      self.width = width
      self.alignment = alignment
      self.cut = cut
    }
  }

  /// One row.
  public struct Row: Hashable, Sendable {
    /// A text for each column; missing ones are empty.
    public var texts: [String]
    /// The length of the bar behind the heat column, 0 to 1.
    public var heat: Double
    /// How the row looks while it is not selected; nil for the theme's text.
    public var style: Style?

    public init(_ texts: [String], heat: Double = 0, style: Style? = nil) {
      self.texts = texts
      self.heat = heat
      self.style = style
    }
  }

  public var columns: [Column]
  public var rows: [Row]
  /// The index of the column behind which the bars are.
  public var heatColumn: Int?
  public var selection: Int?
  /// The first visible row, as `ScrollWindow` keeps it.
  public var firstVisible: Int
  /// Whether the table's pane has the keyboard.
  public var isActive: Bool

  public init(
    columns: [Column], rows: [Row], heatColumn: Int? = nil, selection: Int? = nil, firstVisible: Int = 0,
    isActive: Bool = true
  ) {
    self.columns = columns
    self.rows = rows
    self.heatColumn = heatColumn
    self.selection = selection
    self.firstVisible = firstVisible
    self.isActive = isActive
  }

  /// Draws headings and rows and returns the first visible row.
  @discardableResult
  public func render(into cells: inout CellBuffer, _ rect: Rect, styles: WidgetStyles) -> Int {
    cells.fill(rect, with: Cell(style: styles.text))
    guard rect.height > 0 else { return firstVisible }
    let widths = columnWidths(in: rect.width)
    draw(columns.map(\.title), widths, y: rect.y, style: styles.heading, into: &cells, rect)
    let body = Rect(x: rect.x, y: rect.y + 1, width: rect.width, height: rect.height - 1)
    let first = ScrollWindow.first(firstVisible, selection: selection, count: rows.count, height: body.height)
    for (offset, index) in (first..<min(first + body.height, rows.count)).enumerated() {
      let row = rows[index]
      let y = body.y + offset
      let isSelected = index == selection
      let style =
        isSelected ? (isActive ? styles.selection : styles.inactiveSelection) : row.style ?? styles.text
      if isSelected {
        cells.fill(Rect(x: rect.x, y: y, width: rect.width, height: 1), with: Cell(style: style))
      }
      draw(row.texts, widths, y: y, style: style, into: &cells, body)
      if let heatColumn, columns.indices.contains(heatColumn), !isSelected {
        drawHeat(row.heat, column: heatColumn, widths, y: y, styles: styles, into: &cells, body)
      }
    }
    return first
  }

  /// The columns of the screen for each column, with one blank between neighbours.
  private func columnWidths(in width: Int) -> [Int] {
    let flexibleCount = columns.count { $0.width == nil }
    let fixed = columns.reduce(0) { $0 + ($1.width ?? 0) } + max(columns.count - 1, 0)
    var rest = max(width - fixed, 0)
    var remaining = flexibleCount
    return columns.map { column in
      if let width = column.width { return width }
      let share = rest / remaining
      rest -= share
      remaining -= 1
      return share
    }
  }

  private func draw(
    _ texts: [String], _ widths: [Int], y: Int, style: Style, into cells: inout CellBuffer, _ clip: Rect
  ) {
    var x = clip.x
    for (index, width) in widths.enumerated() {
      let text = TextFitting.fitted(
        index < texts.count ? texts[index] : "", columns: width, alignment: columns[index].alignment,
        cut: columns[index].cut)
      cells.write(text, x: x, y: y, style: style, clip: clip)
      x += width + 1
    }
  }

  private func drawHeat(
    _ heat: Double, column: Int, _ widths: [Int], y: Int, styles: WidgetStyles, into cells: inout CellBuffer,
    _ clip: Rect
  ) {
    guard heat > 0 else { return }
    let x = clip.x + widths[..<column].reduce(0) { $0 + $1 + 1 }
    let length = max(Int((min(heat, 1) * Double(widths[column])).rounded()), 1)
    let bar = Rect(x: x, y: y, width: min(length, widths[column]), height: 1).intersection(clip)
    cells.restyle(bar) { style in
      style.background = styles.bar.background
      style.foreground = styles.bar.foreground
      style.reverse = styles.bar.reverse
    }
  }
}
