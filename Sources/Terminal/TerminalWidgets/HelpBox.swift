import TerminalScreen

/// Sections of keys and what they do, in a popup that scrolls.
public struct HelpBox: Hashable, Sendable {
  /// Entries under a heading.
  public struct Section: Hashable, Sendable {
    public var title: String
    public var entries: [HintLine.Hint]
    public init(title: String, entries: [HintLine.Hint]) {
      self.title = title
      self.entries = entries
    }
  }

  public var title: String
  public var footer: String
  public var sections: [Section]
  /// The first visible line.
  public var firstVisible: Int

  public init(title: String, footer: String = "", sections: [Section], firstVisible: Int = 0) {
    self.title = title
    self.footer = footer
    self.sections = sections
    self.firstVisible = firstVisible
  }

  private enum Line {
    case blank
    case heading(String)
    case entry(HintLine.Hint)
  }

  private var lines: [Line] {
    var lines: [Line] = []
    for section in sections {
      if !lines.isEmpty { lines.append(.blank) }
      if !section.title.isEmpty { lines.append(.heading(section.title)) }
      lines += section.entries.map(Line.entry)
    }
    return lines
  }

  private var keyWidth: Int {
    sections.flatMap(\.entries).map { DisplayWidth.of($0.key) }.max() ?? 0
  }

  /// The size that shows everything.
  public var preferredSize: (width: Int, height: Int) {
    let texts = sections.flatMap(\.entries).map { DisplayWidth.of($0.text) }.max() ?? 0
    let headings = (sections.map(\.title) + [title, footer]).map { DisplayWidth.of($0) + 2 }.max() ?? 0
    return (max(keyWidth + 2 + texts, headings) + 4, lines.count + 2)
  }

  /// Draws the box in the middle of a rectangle and returns where it stands and the first visible line.
  @discardableResult
  public func render(
    into cells: inout CellBuffer, _ rect: Rect, styles: WidgetStyles
  ) -> (box: Rect, firstVisible: Int) {
    let lines = lines
    let box = rect.centered(width: preferredSize.width, height: preferredSize.height)
    let inside = Popup(title: title, footer: footer).render(into: &cells, box, styles: styles)
      .inset(horizontally: 1, vertically: 0)
    let first = ScrollWindow.first(firstVisible, selection: nil, count: lines.count, height: inside.height)
    for (row, line) in lines.dropFirst(first).prefix(inside.height).enumerated() {
      let y = inside.y + row
      switch line {
      case .blank: break
      case .heading(let text): cells.write(text, x: inside.x, y: y, style: styles.heading, clip: inside)
      case .entry(let hint):
        cells.write(hint.key, x: inside.x, y: y, style: styles.key, clip: inside)
        let x = inside.x + keyWidth + 2
        let text = TextFitting.shortened(hint.text, columns: inside.maxX - x)
        cells.write(text, x: x, y: y, style: styles.text, clip: inside)
      }
    }
    if first > 0 { cells.write("↑", x: box.maxX - 1, y: inside.y, style: styles.border) }
    if first + inside.height < lines.count {
      cells.write("↓", x: box.maxX - 1, y: inside.maxY - 1, style: styles.border)
    }
    return (box, first)
  }
}
