extension CommandTable {
  /// From picture to picture.
  static let filing: [Command] = [
    Command(
      "next", "next", help: "Open the next image", group: .files, contexts: everyPane, keys: ["n"], hint: 5,
      availability: { .when($0.files.hasNext, else: "this is the last image") }, action: .stepFile(1)),
    Command(
      "previous", "previous", help: "Open the previous image", group: .files, contexts: everyPane,
      keys: ["p"],
      availability: { .when($0.files.hasPrevious, else: "this is the first image") }, action: .stepFile(-1)),
    Command(
      "open", "open", help: "Open the selected image", group: .files, contexts: [.files],
      keys: ["enter", "space"], hint: 0, mouse: "left click", action: .openSelection),
  ]

  /// Panes and their lists.
  static let paneCommands: [Command] = [
    Command(
      "next-pane", "pane", help: "Give the keyboard to the next pane", group: .panes, contexts: everyPane,
      keys: ["tab"], hint: 6, mouse: "left click",
      action: .focusNext(backward: false)),
    Command(
      "previous-pane", "pane back", help: "Give the keyboard to the previous pane", group: .panes,
      contexts: everyPane, keys: ["shift-tab"],
      action: .focusNext(backward: true)),
    Command(
      "image-pane", "image", help: "Give the keyboard back to the picture", group: .panes,
      contexts: sidePanes, keys: ["escape"], hint: 3,
      action: .focus(.image)),
    selection("list-up", "Move up in a list", ["up", "k"], -1),
    selection("list-down", "Move down in a list", ["down", "j"], 1),
    selection("list-page-up", "Move up a page in a list", ["page-up", "K"], -10),
    selection("list-page-down", "Move down a page in a list", ["page-down", "J"], 10),
    Command(
      "layer-order", "order", help: "List layers by time, run order, type or memory", group: .panes,
      contexts: [.image, .drawing, .layers], keys: ["o"],
      availability: { .when(!$0.hasPartTable, else: "parts of faces stand in place of the layers") },
      action: .switchLayerOrder),
  ]

  /// The panes beside the picture.
  private static let sidePanes = everyPane.subtracting(picture)

  private static func selection(_ id: String, _ help: String, _ keys: [String], _ lines: Int) -> Command {
    Command(
      id, "select", help: help, group: .panes, contexts: sidePanes, keys: keys,
      mouse: "wheel",
      action: .moveSelection(lines))
  }

  /// The program itself and its popups.
  static let programCommands: [Command] = [
    Command(
      "yes", "yes", help: "Answer a question with yes", group: .program, contexts: [.question],
      keys: ["y", "Y"], hint: 0, action: .answer(true)),
    Command(
      "no", "no", help: "Answer a question with no", group: .program, contexts: [.question],
      keys: ["n", "N", "escape", "q"], hint: 1, action: .answer(false)),
    Command(
      "suspend", "suspend", help: "Go back to the shell; fg returns", group: .program,
      contexts: everyPane.union([.search, .tour]), keys: ["ctrl-z"], action: .suspend),
    Command(
      "quit", "quit", help: "Leave; everything done is kept", group: .program, contexts: everyPane,
      keys: ["q", "ctrl-c"], hint: 8, action: .quit),
  ]
}
