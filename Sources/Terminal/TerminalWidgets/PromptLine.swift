import TerminalScreen

/// A line of text that the user edits.
public struct PromptLine: Hashable, Sendable {
  /// What a key did.
  public enum Outcome: Hashable, Sendable {
    case edited
    case accepted
    case cancelled
    /// The key means nothing to a prompt.
    case ignored
  }

  /// Text before the line, such as `Save as: `.
  public var label: String
  public private(set) var text: String
  /// The character before which the next one is inserted.
  public private(set) var cursor: Int

  /// The most characters taken, so that a paste cannot grow it without bound.
  private static let limit = 4096

  public init(label: String, text: String = "") {
    self.label = label
    self.text = String(text.prefix(Self.limit))
    cursor = self.text.count
  }

  /// Replaces the text, as completion does.
  public mutating func setText(_ new: String) {
    text = String(new.prefix(Self.limit))
    cursor = text.count
  }

  /// Inserts text, as a paste does; its line breaks become spaces.
  public mutating func insert(_ new: String) {
    let line = new.map { $0.isNewline ? " " : $0 }.prefix(max(Self.limit - text.count, 0))
    text.insert(contentsOf: line, at: index(cursor))
    // Combining characters may join with what was there.
    cursor = min(cursor + line.count, text.count)
  }

  /// Edits by a key; besides the arrows, the usual Emacs keys work.
  public mutating func handle(_ key: Key) -> Outcome {
    switch (key.code, key.modifiers.contains(.control)) {
    case (.enter, _): return .accepted
    case (.escape, _), (.character("c"), true), (.character("g"), true): return .cancelled
    case (.left, false), (.character("b"), true): cursor = max(cursor - 1, 0)
    case (.right, false), (.character("f"), true): cursor = min(cursor + 1, text.count)
    case (.left, true): cursor = wordStart
    case (.right, true): cursor = wordEnd
    case (.home, _), (.character("a"), true): cursor = 0
    case (.end, _), (.character("e"), true): cursor = text.count
    case (.backspace, false): remove(max(cursor - 1, 0)..<cursor)
    case (.delete, _), (.character("d"), true): remove(cursor..<min(cursor + 1, text.count))
    case (.backspace, true), (.character("w"), true): remove(wordStart..<cursor)
    case (.character("u"), true): remove(0..<cursor)
    case (.character("k"), true): remove(cursor..<text.count)
    case (.character(let character), false) where !key.modifiers.contains(.alt): insert(String(character))
    default: return .ignored
    }
    return .edited
  }

  /// Draws the line in the first row of a rectangle, scrolled so that the cursor is visible.
  public func render(into cells: inout CellBuffer, _ rect: Rect, styles: WidgetStyles) {
    let row = Rect(x: rect.x, y: rect.y, width: rect.width, height: min(rect.height, 1))
    cells.fill(row, with: Cell(style: styles.text))
    let start = row.x + cells.write(label, x: row.x, y: row.y, style: styles.heading, clip: row)
    let field = Rect(x: start, y: row.y, width: row.maxX - start, height: row.height)
    let before = DisplayWidth.of(text.prefix(cursor))
    let shift = max(before + 1 - field.width, 0)
    cells.write(text, x: field.x - shift, y: row.y, style: styles.text, clip: field)
    let place = Rect(x: field.x - shift + before, y: row.y, width: 1, height: 1).intersection(field)
    cells.restyle(place) { $0 = styles.cursor }
  }

  private func index(_ offset: Int) -> String.Index { text.index(text.startIndex, offsetBy: offset) }

  private mutating func remove(_ range: Range<Int>) {
    text.removeSubrange(index(range.lowerBound)..<index(range.upperBound))
    cursor = min(range.lowerBound, text.count)
  }

  private var wordStart: Int {
    let characters = Array(text)
    var position = cursor
    while position > 0, !characters[position - 1].isLetter, !characters[position - 1].isNumber {
      position -= 1
    }
    while position > 0, characters[position - 1].isLetter || characters[position - 1].isNumber {
      position -= 1
    }
    return position
  }

  private var wordEnd: Int {
    let characters = Array(text)
    var position = cursor
    while position < characters.count, !characters[position].isLetter, !characters[position].isNumber {
      position += 1
    }
    while position < characters.count, characters[position].isLetter || characters[position].isNumber {
      position += 1
    }
    return position
  }
}
