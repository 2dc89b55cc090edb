import TerminalScreen
import TerminalWidgets

/// The last row of the screen: what there is to say, and the keys of what has the keyboard, each a place to click.
public struct HintBar: Sendable {
  /// A command with its key.
  public struct Item: Sendable {
    public let command: Command
    public let hint: HintLine.Hint
    public let place: Rect
  }

  /// What stands before the keys, already cut to its place; empty for nothing.
  public let text: String
  /// The row without its margins.
  public let row: Rect
  /// The keys that fit, the most important first; none while a notice takes the row.
  public let items: [Item]

  public init(state: State, keyMap: KeyMap) {
    row = state.layout.hints.inset(horizontally: 1, vertically: 0)
    let context = state.context
    let commands = CommandTable.all
      .compactMap { command in command.hint(in: context).map { (command: command, rank: $0) } }
      .sorted { $0.rank < $1.rank }
      .compactMap { command, _ in
        let keys = keyMap.keys(for: command, in: context)
        return keys.first { state.classEntry(for: $0) == nil }.map { (command: command, key: $0) }
      }
    let hints = commands.map { HintLine.Hint(key: $0.key.label, text: $0.command.title(in: context)) }
    var left = row
    if let question = state.question {
      let width = hints.reduce(0) { $0 + DisplayWidth.of($1.key) + DisplayWidth.of($1.text) + 3 }
      text = TextFitting.shortened(question.text, columns: max(row.width - width - 2, 1), cut: .middle)
      let taken = DisplayWidth.of(text) + 2
      left = Rect(x: row.x + taken, y: row.y, width: max(row.width - taken, 0), height: row.height)
    } else if let notice = state.notice {
      text = TextFitting.shortened(notice.text, columns: row.width, cut: .middle)
      left.width = 0
    } else {
      text = ""
    }
    items = zip(zip(commands, hints), HintLine(hints).places(in: left)).map { pair, place in
      Item(command: pair.0.command, hint: pair.1, place: place)
    }
  }

  /// The command whose key stands in a cell.
  func command(column: Int, row: Int) -> Command? {
    items.first { $0.place.contains(x: column, y: row) }?.command
  }
}
