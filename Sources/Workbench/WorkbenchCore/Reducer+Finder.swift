/// The help and the palette.
extension Reducer {
  static func changeFinder(_ state: inout State, _ action: FinderAction) -> [Effect] {
    if case .open(let kind, let text) = action {
      state.finder = Finder(kind, text: text)
      return []
    }
    guard var finder = state.finder, let window = FinderWindow(state: state) else { return [] }
    switch action {
    case .open: break
    case .close: state.finder = nil
    case .type(let key):
      switch finder.prompt.handle(key) {
      case .edited:
        finder.selection = 0
        state.finder = finder
      case .cancelled: state.finder = nil
      case .accepted, .ignored: break
      }
    case .insert(let text):
      finder.prompt.insert(text)
      finder.selection = 0
      state.finder = finder
    case .move(let lines):
      finder.selection = (finder.selection + lines).clamped(to: 0...max(window.choiceCount - 1, 0))
      state.finder = finder
    case .run: return run(&state, window.selected.map { window.rows[$0] })
    case .complete:
      if let row = window.selected.map({ window.rows[$0] }) { complete(&state, row) }
    case .choose(let choice):
      let choices = window.rows.filter { !$0.isHeading }
      return choices.indices.contains(choice) ? run(&state, choices[choice]) : []
    }
    return []
  }

  private static func run(_ state: inout State, _ row: Finder.Row?) -> [Effect] {
    switch row {
    case .heading: return []
    case .argument(let command, let value): return run(&state, command, argument: value)
    case .commands(let commands):
      guard commands.count == 1, let command = commands.first else {
        state.finder = nil
        state.notice = Notice(
          kind: .information, text: "\(commands[0].family ?? commands[0].help): one key for each direction")
        return []
      }
      if state.finder?.kind == .palette, case .find(.open(.palette, _)) = command.action {
        complete(&state, .commands([command]))
        return []
      }
      state.finder = nil
      return reduce(&state, .perform(commandID: command.id))
    case nil:
      guard let (command, text) = state.finder?.argument else { return [] }
      return run(&state, command, argument: text)
    }
  }

  private static func run(_ state: inout State, _ command: Command, argument text: String) -> [Effect] {
    guard let argument = command.argument else { return [] }
    if case .unavailable(let reason) = command.availability(state) {
      state.finder = nil
      state.notice = Notice(kind: .warning, text: "\(command.title): \(reason)")
      return []
    }
    guard let action = argument.action(text, state) else {
      state.notice = Notice(kind: .warning, text: "\(command.title): \(text) is not \(argument.expected)")
      return []
    }
    state.finder = nil
    return reduce(&state, action)
  }

  private static func complete(_ state: inout State, _ row: Finder.Row) {
    let text: String
    switch row {
    case .heading: return
    case .commands(let commands): text = commands[0].id + (commands[0].argument == nil ? "" : " ")
    case .argument(let command, let value): text = "\(command.id) \(value)"
    }
    if state.finder?.kind == .help { state.finder = Finder(.palette) }
    state.finder?.prompt.setText(text)
    state.finder?.selection = 0
  }
}
