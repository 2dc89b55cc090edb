extension CommandTable {
  /// Portraits and faces.
  static let people: [Command] = [
    Command(
      "portrait", "portrait", help: "Show the people in the foreground", group: .view, contexts: everyPane,
      keys: ["t"], availability: needsPicture, action: .people(.togglePortrait)),
    Command(
      "faces", "faces", help: "Show the parts of faces, how sure they are, and the warped face", group: .view,
      contexts: everyPane, keys: ["f"], availability: needsPicture, action: .people(.nextFaceView)),
    Command(
      "next-face", "next face", help: "Go on to the next face", group: .view, contexts: everyPane,
      keys: ["F"],
      availability: {
        .when(
          ($0.faces?.parsing.faces.count ?? 0) > 1, else: "there are no other faces; find faces first")
      }, action: .people(.nextFace)),
    Command(
      "keep-people", "keep", help: "Make objects of the people or the parts that are shown", group: .mark,
      contexts: everyPane, keys: ["O"],
      availability: {
        .when($0.peopleView != nil, else: "nothing is shown; find people or faces first")
      }, action: .people(.keepAsObjects)),
    Command(
      "toggle-part", "show or hide", help: "Show or hide the selected part of faces", group: .panes,
      contexts: [.parts], keys: ["enter", "space"], hint: 0, action: .people(.toggleSelectedPart)),
    Command(
      "only-part", "only this", help: "Show only the selected part of faces", group: .panes,
      contexts: [.parts], keys: ["o"], hint: 1, action: .people(.toggleOnlySelectedPart)),
  ]
}
