extension CommandTable {
  /// The panes that share the lower right, and what is done in those of objects and of history.
  static let listing: [Command] = [
    pane("objects-pane", "objects", "List the objects of the photo", ["2"], .objects),
    pane("history-pane", "history", "List everything that was done", ["3"], .history),
    pane("layers-pane", "layers", "List the layers of the network", ["4"], .layers),
    Command(
      "class", "class", help: "Give the object a class, or with none selected the next ones",
      group: .objects, contexts: objectPanes, keys: ["#"], local: [.objects: .init(keys: ["c"], hint: 1)],
      availability: needsPicture,
      argument: Command.Argument(
        name: "NAME", expected: "the name of a class", completions: { $0.classNames },
        action: { name, _ in name.isEmpty ? nil : .edit(.setClass(name)) }),
      action: .find(.open(.palette, text: "class "))),
    Command(
      "object-menu", "commands", help: "List what can be done with the object", group: .panes,
      contexts: [.objects], keys: ["enter"], hint: 0, mouse: "right click", availability: needsPicture,
      action: .objects(.showMenu(nil))),
    step(
      "go-to-step", "go", "Go to the selected step", ["enter", "space"], hint: 0, .go(nil), "left click"
    ),
    step(
      "remove-step-click", "remove click", "Remove the click that the step added", ["x", "d"], hint: 1,
      .removeClick),
    step(
      "flip-step-click", "turn click", "Turn the click that the step added around", ["y"], hint: 1, .flipClick
    ),
  ]

  private static func pane(
    _ id: String, _ title: String, _ help: String, _ keys: [String], _ pane: Pane
  ) -> Command {
    Command(
      id, title, help: help, group: .panes, contexts: everyPane, keys: keys, mouse: "left click",
      action: .focus(pane))
  }

  private static func step(
    _ id: String, _ title: String, _ help: String, _ keys: [String], hint: Int, _ action: HistoryAction,
    _ mouse: String? = nil
  ) -> Command {
    Command(
      id, title, help: help, group: .panes, contexts: [.history], keys: keys, hint: hint, mouse: mouse,
      availability: needsPicture, action: .history(action))
  }
}
