extension CommandTable {
  /// What opens the help, the palette and the tour, and commands that take an argument.
  static let finding: [Command] = [
    Command(
      "help", "help", help: "Show and search this help", group: .program, contexts: everyPane,
      keys: ["?", "f1"], hint: 2, action: .find(.open(.help))),
    Command(
      "palette", "commands", help: "Type a command by its name", group: .program, contexts: everyPane,
      keys: [":"], hint: 9, action: .find(.open(.palette))),
    Command(
      "theme", "theme", help: "Change the colours", group: .program, contexts: everyPane, keys: ["f4"],
      argument: Command.Argument(
        name: "NAME", expected: "the name of a theme", completions: { $0.themes },
        action: { name, state in state.themes.contains(name) ? .useTheme(name) : nil }),
      action: .find(.open(.palette, text: "theme "))),
    Command(
      "tour", "tour", help: "Show the tour of the first start", group: .program, contexts: everyPane,
      keys: ["f3"], action: .tour(.start)),
    Command(
      "open-file", "open", help: "Open an image by its name", group: .files, contexts: everyPane,
      keys: ["ctrl-o"],
      argument: Command.Argument(
        name: "FILE", expected: "one of the images", completions: { $0.files.paths },
        action: { path, state in state.files.paths.firstIndex(of: path).map { .openFile($0) } }),
      action: .find(.open(.palette, text: "open-file "))),
    Command(
      "go-to", "go to", help: "Move the crosshair to a pixel", group: .view, contexts: everyPane, keys: ["@"],
      availability: needsPicture,
      argument: Command.Argument(
        name: "X,Y", expected: "a pixel such as 120,45", completions: { _ in [] },
        action: { text, state in point(text, state).map { .see(.goTo($0)) } }),
      action: .find(.open(.palette, text: "go-to "))),
    Command(
      "zoom-to", "zoom to", help: "Show the picture at a scale in percent", group: .view, contexts: everyPane,
      keys: ["%"], availability: needsPicture,
      argument: Command.Argument(
        name: "PERCENT", expected: "a scale such as 200%",
        completions: { _ in [50, 100, 200, 400, 800, 1600, 3200].map { "\($0)%" } },
        action: { text, _ in percent(text).map { .see(.zoomTo(scale: $0)) } }),
      action: .find(.open(.palette, text: "zoom-to "))),
    Command(
      "opacity", "opacity", help: "Set how strong the mask's colour is, in percent", group: .view,
      contexts: everyPane, keys: ["ctrl-t"], availability: needsPicture,
      argument: Command.Argument(
        name: "PERCENT", expected: "a percentage from 10 to 100",
        completions: { _ in stride(from: 10, through: 100, by: 10).map { "\($0)%" } },
        action: { text, _ in percent(text).flatMap { $0 <= 1 ? .see(.setOpacity($0)) : nil } }),
      action: .find(.open(.palette, text: "opacity "))),
  ]

  private static func point(_ text: String, _ state: State) -> ImagePoint? {
    let numbers = text.split { ", ".contains($0) }.map { Double($0) }
    guard numbers.count == 2, let x = numbers[0], let y = numbers[1], x.isFinite, y.isFinite else {
      return nil
    }
    let point = ImagePoint(x: x.rounded(.down) + 0.5, y: y.rounded(.down) + 0.5)
    return state.view?.viewport.contains(point) == true ? point : nil
  }

  private static func percent(_ text: String) -> Double? {
    let number = text.last == "%" ? String(text.dropLast()) : text
    guard let value = Double(number), value > 0, value.isFinite else { return nil }
    return value / 100
  }

  /// The keys of the help and the palette; all others are typed.
  static let searching: [Command] = [
    Command(
      "search-run", "run", help: "Run the selected command", group: .program, contexts: [.search],
      keys: ["enter"], hint: 0, mouse: "left click", action: .find(.run)),
    Command(
      "search-complete", "complete", help: "Take the selected command into the line", group: .program,
      contexts: [.search], keys: ["tab"], hint: 1, action: .find(.complete)),
    Command(
      "search-close", "close", help: "Close the list", group: .program, contexts: [.search],
      keys: ["escape", "?", "f1"], hint: 2, mouse: "left click", action: .find(.close)),
    Command(
      "search-up", "up", help: "Select the row above", group: .program, contexts: [.search],
      keys: ["up", "ctrl-p"], mouse: "wheel", action: .find(.move(lines: -1))),
    Command(
      "search-down", "down", help: "Select the row below", group: .program, contexts: [.search],
      keys: ["down", "ctrl-n"], mouse: "wheel", action: .find(.move(lines: 1))),
    Command(
      "search-page-up", "page up", help: "Go up a page", group: .program, contexts: [.search],
      keys: ["page-up"], mouse: "wheel", action: .find(.move(lines: -10))),
    Command(
      "search-page-down", "page down", help: "Go down a page", group: .program, contexts: [.search],
      keys: ["page-down"], mouse: "wheel", action: .find(.move(lines: 10))),
  ]

  /// The keys of the tour.
  static let touring: [Command] = [
    Command(
      "tour-next", "next", help: "Go on with the tour", group: .program, contexts: [.tour],
      keys: ["enter", "space", "right", "n"], hint: 0, mouse: "left click", action: .tour(.next)),
    Command(
      "tour-back", "back", help: "Go back in the tour", group: .program, contexts: [.tour],
      keys: ["left", "p", "backspace"], hint: 1, action: .tour(.back)),
    Command(
      "tour-skip", "skip", help: "Leave the tour", group: .program, contexts: [.tour],
      keys: ["escape", "q", "ctrl-c"], hint: 2, action: .tour(.skip)),
  ]
}
