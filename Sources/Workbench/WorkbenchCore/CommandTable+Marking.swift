extension CommandTable {
  /// Clicks and what becomes of them.
  static let marking: [Command] = [
    Command(
      "add", "add", help: "Click: the object is at the crosshair", group: .mark, contexts: picture,
      keys: ["enter", "space"], hint: 0, local: [.drawing: .init(title: "draw")], mouse: "left click",
      availability: needsPicture,
      action: .clickAtCrosshair(isPositive: true)),
    Command(
      "exclude", "exclude", help: "Click: the object is not at the crosshair", group: .mark,
      contexts: picture, keys: ["x"], hint: 1, local: [.drawing: .init(title: "erase")], mouse: "right click",
      availability: needsPicture,
      action: .clickAtCrosshair(isPositive: false)),
    Command(
      "box", "box", help: "Begin a box at the crosshair; again to finish it", group: .mark,
      contexts: picture, keys: ["b"], mouse: "left drag", availability: needsPicture, action: .boxAtCrosshair
    ),
    Command(
      "another", "another mask", help: "Show the next thing that the first click may mean", group: .mark,
      contexts: everyPane, keys: ["a"],
      availability: {
        .when(
          $0.document?.hasOtherReadings == true, else: "other masks are there after the first click alone")
      }, action: .takeNextReading),
    Command(
      "propose", "propose", help: "Click what stands out in the picture", group: .mark,
      contexts: everyPane, keys: ["G"],
      availability: { state in
        guard state.view != nil else { return needsPicture(state) }
        return .when(!state.hasPrompts, else: "there are clicks already; clear them first")
      }, action: .proposeClicks),
    Command(
      "undo", "undo", help: "Take back the last click, box or clearing", group: .mark, contexts: everyPane,
      keys: ["u"], hint: 2,
      availability: { .when($0.document?.canUndo == true, else: "nothing to undo") }, action: .undo),
    Command(
      "redo", "redo", help: "Bring back what was undone", group: .mark, contexts: everyPane,
      keys: ["U", "ctrl-r"], availability: { .when($0.document?.canRedo == true, else: "nothing to redo") },
      action: .redo),
    Command(
      "clear", "clear", help: "Remove all clicks; undo brings them back", group: .mark, contexts: everyPane,
      keys: ["c"], availability: { .when($0.hasPrompts, else: "no clicks to clear") }, action: .clearPrompts),
    Command(
      "save", "save", help: "Write the mask as a PNG of the image's size", group: .mark, contexts: everyPane,
      keys: ["s"], hint: 3, local: [.drawing: .init(hint: 4)],
      availability: { .when($0.hasObjects, else: "no mask to save; click an object first") },
      action: .save),
  ]
}
