import TerminalScreen
import TerminalWidgets
import WorkbenchCore

/// The help and the palette: a line to type in, and the commands that fit.
struct FinderPopup {
  let theme: Theme
  let keyMap: KeyMap

  func render(_ state: State, into cells: inout CellBuffer) {
    guard let finder = state.finder, let window = FinderWindow(state: state) else { return }
    let styles = theme.popupStyles
    let title = Self.title(finder, state)
    _ = Popup(title: title, footer: footer(window, state)).render(into: &cells, window.box, styles: styles)
    finder.prompt.render(into: &cells, window.prompt, styles: styles)
    let rule = String(repeating: "─", count: window.list.width)
    cells.write(rule, x: window.list.x, y: window.prompt.y + 1, style: styles.border, clip: window.box)
    let width = labelWidth(window, finder.kind)
    for (row, index) in window.range.enumerated() {
      let place = Rect(x: window.list.x, y: window.list.y + row, width: window.list.width, height: 1)
      render(window.rows[index], isSelected: index == window.selected, width, place, state, into: &cells)
    }
    if window.rows.isEmpty, !finder.isListing {
      let text = emptyText(finder, state)
      cells.write(text, x: window.list.x, y: window.list.y, style: styles.secondary, clip: window.list)
    }
    let edge = window.box.maxX - 1
    if window.range.lowerBound > 0 { cells.write("↑", x: edge, y: window.list.y, style: styles.border) }
    if window.range.upperBound < window.rows.count {
      cells.write("↓", x: edge, y: window.list.maxY - 1, style: styles.border)
    }
  }

  private static func title(_ finder: Finder, _ state: State) -> String {
    switch finder.kind {
    case .help: "Help"
    case .palette: "Commands"
    case .objects: state.document?.selected.map { "Object \(ObjectsPane.name($0))" } ?? "Object"
    }
  }

  private func render(
    _ row: Finder.Row, isSelected: Bool, _ labelWidth: Int, _ place: Rect, _ state: State,
    into cells: inout CellBuffer
  ) {
    let styles = theme.popupStyles
    let style = isSelected ? styles.selection : styles.text
    if isSelected { cells.fill(place, with: Cell(style: style)) }
    func write(_ value: String) {
      let text = TextFitting.shortened(value, columns: place.width, cut: .middle)
      cells.write(text, x: place.x, y: place.y, style: style, clip: place)
    }
    switch row {
    case .heading(let text):
      cells.write(text, x: place.x, y: place.y, style: styles.heading, clip: place)
    case .argument(_, let value): write(value)
    case .path(_, let choice): write(choice.label)
    case .commands(let commands):
      let isAvailable = commands.contains { $0.availability(state) == .available }
      let isHelp = state.finder?.kind != .palette
      let label = isHelp ? keys(of: commands) : Self.name(of: commands[0])
      let help = (commands.count > 1 ? commands[0].family : nil) ?? commands[0].help
      let note = isHelp ? commands[0].mouse ?? "" : keys(of: commands)
      let noteWidth = DisplayWidth.of(note)
      let x = place.x + labelWidth + 2
      cells.write(
        TextFitting.shortened(label, columns: labelWidth), x: place.x, y: place.y,
        style: isSelected ? style : styles.key, clip: place)
      let quiet = isSelected ? style : styles.secondary
      let columns = place.maxX - x - (noteWidth > 0 ? noteWidth + 2 : 0)
      cells.write(
        TextFitting.shortened(help, columns: columns), x: x, y: place.y,
        style: isAvailable ? style : quiet, clip: place)
      cells.write(note, x: place.maxX - noteWidth, y: place.y, style: quiet, clip: place)
    }
  }

  /// The columns of keys in the help, of names in the palette.
  private func labelWidth(_ window: FinderWindow, _ kind: Finder.Kind) -> Int {
    let labels = window.rows.map { row in
      guard case .commands(let commands) = row else { return "" }
      return kind != .palette || commands.count > 1 ? keys(of: commands) : Self.name(of: commands[0])
    }
    return min(labels.map { DisplayWidth.of($0) }.max() ?? 0, 18)
  }

  private static func name(of command: Command) -> String {
    command.id + (command.argument.map { " \($0.name)" } ?? "")
  }

  /// Why the selected command cannot be run, or how to go on.
  private func footer(_ window: FinderWindow, _ state: State) -> String {
    if let selected = window.selected, case .commands(let commands) = window.rows[selected],
      commands.count == 1, case .unavailable(let reason) = commands[0].availability(state)
    {
      return "not now: \(reason)"
    }
    return "type to search, Enter runs, Esc closes"
  }

  private func emptyText(_ finder: Finder, _ state: State) -> String {
    let parts = finder.prompt.text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2, let argument = CommandTable.command(String(parts[0]))?.argument {
      return "\(argument.name): \(argument.expected)"
    }
    return "no command fits"
  }

  /// The keys of a line: those of one command, or of a family its first keys together, its second keys together:
  /// `Shift-←↓↑→ HJKL`.
  private func keys(of commands: [Command]) -> String {
    let keys = commands.map { keyMap.keys(for: $0) }
    guard keys.count > 1 else { return keys[0].map(\.label).joined(separator: " ") }
    let columns = keys.map(\.count).max() ?? 0
    return (0..<columns).map { column in
      let labels = keys.compactMap { column < $0.count ? $0[column].label : nil }
      guard let prefix = labels.first?.dropLast(), labels.allSatisfy({ $0.dropLast() == prefix }) else {
        return labels.joined(separator: " ")
      }
      return prefix + labels.map { String($0.suffix(1)) }.joined()
    }.joined(separator: " ")
  }
}
