import TerminalScreen

/// Where the help or the palette stands, and which of its rows are seen.
public struct FinderWindow: Sendable {
  /// The box with its border.
  public let box: Rect
  /// The row of the prompt.
  public let prompt: Rect
  /// The place of the rows.
  public let list: Rect
  public let rows: [Finder.Row]
  /// Indices of the rows that are seen.
  public let range: Range<Int>
  /// The index of the selected row; nil when there is none.
  public let selected: Int?

  public init?(state: State) {
    guard let finder = state.finder else { return nil }
    let rows = finder.rows(in: state)
    self.rows = rows
    let panes = Rect(x: 0, y: 0, width: state.layout.screen.columns, height: state.layout.status.y)
    let area = panes.inset(horizontally: 2, vertically: 1)
    switch finder.kind {
    case .help: box = area.centered(width: 84, height: area.height)
    case .palette, .objects:
      let most = min(area.height, finder.kind == .palette ? 16 : Finder.objectCommandCount + 4)
      box = Rect(
        x: area.x + max((area.width - 72) / 2, 0), y: area.y, width: min(area.width, 72), height: most)
    }
    let inside = box.inset(horizontally: 2, vertically: 1)
    prompt = Rect(x: inside.x, y: inside.y, width: inside.width, height: min(inside.height, 1))
    list = Rect(
      x: inside.x, y: inside.y + 2, width: inside.width, height: max(inside.height - 2, 0))
    let choices = rows.indices.filter { !rows[$0].isHeading }
    selected =
      choices.isEmpty ? nil : choices[finder.selection.clamped(to: 0...(choices.count - 1))]
    let height = min(list.height, rows.count)
    let first = ((selected ?? 0) - height / 2).clamped(to: 0...(rows.count - height))
    // The first heading comes into sight with the first row.
    range = selected == 1 && first == 1 ? 0..<height : first..<(first + height)
  }

  /// The number among the rows that can be selected of the one in a row of the screen.
  func choice(atRow row: Int) -> Int? {
    let index = range.lowerBound + row - list.y
    guard row >= list.y, range.contains(index), !rows[index].isHeading else { return nil }
    return rows[..<index].count { !$0.isHeading }
  }

  /// How many rows can be selected.
  var choiceCount: Int { rows.count { !$0.isHeading } }
}
