import TerminalScreen
import TerminalWidgets
import WorkbenchCore

/// All commands with their keys, made from the command table.
struct HelpPopup {
  let theme: Theme
  let keyMap: KeyMap

  func render(_ state: State, into cells: inout CellBuffer) {
    guard let first = state.helpScroll else { return }
    let panes = Rect(x: 0, y: 0, width: cells.width, height: state.layout.status.y)
    let area = panes.inset(horizontally: 2, vertically: 1)
    let box = HelpBox(
      title: "Help", footer: "Esc closes", sections: Self.sections(keyMap: keyMap), firstVisible: first)
    box.render(into: &cells, area, styles: theme.popupStyles)
  }

  /// The help's lines by group; commands of one family share a line.
  static func sections(keyMap: KeyMap) -> [HelpBox.Section] {
    Command.Group.allCases.map { group in
      var lines: [(commands: [Command], family: String?)] = []
      for command in CommandTable.all where command.group == group {
        if let family = command.family, let last = lines.indices.last, lines[last].family == family {
          lines[last].commands.append(command)
        } else {
          lines.append(([command], command.family))
        }
      }
      return HelpBox.Section(title: group.rawValue, entries: lines.map { entry($0.commands, keyMap: keyMap) })
    }
  }

  private static func entry(_ commands: [Command], keyMap: KeyMap) -> HintLine.Hint {
    let first = commands[0]
    let mouse = first.mouse.map { " (\($0))" } ?? ""
    return HintLine.Hint(
      key: keys(of: commands.map { keyMap.keys(for: $0) }), text: (first.family ?? first.help) + mouse)
  }

  /// The keys of a line: those of one command, or of a family its first keys together, its second keys together:
  /// `Shift-←↓↑→ HJKL`.
  private static func keys(of commands: [[Key]]) -> String {
    guard commands.count > 1 else { return commands[0].map(\.label).joined(separator: " ") }
    let columns = commands.map(\.count).max() ?? 0
    return (0..<columns).map { column in
      let labels = commands.compactMap { column < $0.count ? $0[column].label : nil }
      guard let prefix = labels.first?.dropLast(), labels.allSatisfy({ $0.dropLast() == prefix }) else {
        return labels.joined(separator: " ")
      }
      return prefix + labels.map { String($0.suffix(1)) }.joined()
    }.joined(separator: " ")
  }
}
