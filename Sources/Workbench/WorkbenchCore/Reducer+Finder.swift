/// The help and the palette.
extension Reducer {
  static func changeFinder(_ state: inout State, _ action: FinderAction) -> [Effect] {
    if case .open(let kind, let text) = action {
      state.finder = Finder(kind, text: text)
      return []
    }
    if case .listed(let folder, let contents) = action {
      // Of what a palette asked for that was closed since, nothing is kept.
      if state.finder?.folders[folder] != nil { state.finder?.folders[folder] = contents }
      return []
    }
    guard var finder = state.finder, let window = FinderWindow(state: state) else { return [] }
    switch action {
    case .open, .listed: break
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

  /// Asks for the names of the folder that is typed in the palette, once while that is open.
  static func listingEffects(_ state: inout State) -> [Effect] {
    guard let finder = state.finder, let folder = finder.path?.folder, finder.folders[folder] == nil else {
      return []
    }
    state.finder?.folders[folder] = .awaited
    return [.listFolder(folder)]
  }

  private static func run(_ state: inout State, _ row: Finder.Row?) -> [Effect] {
    switch row {
    case .heading: return []
    case .argument(let command, let value):
      // `coco ` still lacks what comes after it.
      guard value.last == " ", command.argument?.action(value, state) == nil else {
        return run(&state, command, argument: value)
      }
      complete(&state, .argument(command, value))
      return []
    case .path(let command, let choice):
      guard state.finder?.path?.isFolderOnTheWay(choice.value) == true else {
        return run(&state, command, argument: choice.value)
      }
      complete(&state, .path(command, choice))
      return []
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
    case .path(let command, let choice): text = "\(command.id) \(choice.value)"
    }
    if state.finder?.kind == .help { state.finder = Finder(.palette) }
    state.finder?.prompt.setText(text)
    state.finder?.selection = 0
  }
}
