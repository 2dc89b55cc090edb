extension CommandTable {
  /// How the mask and the picture are looked at.
  static let seeing: [Command] = [
    Command(
      "mask-view", "mask view", help: "Show the mask as fill, outline, not at all, its last change, or matte",
      group: .view, contexts: everyPane, keys: ["m"], availability: needsPicture,
      argument: Command.Argument(
        name: "VIEW", expected: "fill, outline, hidden, difference, matte or confidence",
        completions: { _ in MaskView.allCases.map(\.rawValue) },
        action: { name, _ in MaskView(rawValue: name).map { .see(.showMask($0)) } }),
      action: .see(.nextMaskView)),
    Command(
      "confidence", "confidence", help: "Show how sure the network is of each pixel", group: .view,
      contexts: everyPane, keys: ["T"],
      availability: {
        .when(
          $0.document?.segmentation != nil,
          else: $0.document?.selected == nil
            ? "click an object first" : "it comes with the next click on this object")
      }, action: .see(.toggleConfidence)),
    Command(
      "opacity-less", "fainter", help: "Make the mask's colour fainter", group: .view, contexts: everyPane,
      keys: ["<"], family: "Make the mask's colour fainter or stronger", availability: needsPicture,
      action: .see(.changeOpacity(steps: -1))),
    Command(
      "opacity-more", "stronger", help: "Make the mask's colour stronger", group: .view, contexts: everyPane,
      keys: [">"], family: "Make the mask's colour fainter or stronger", availability: needsPicture,
      action: .see(.changeOpacity(steps: 1))),
    Command(
      "magnifier", "magnifier", help: "Show what is under the crosshair enlarged", group: .view,
      contexts: everyPane, keys: ["i"], availability: needsPicture, action: .see(.toggleMagnifier)),
    Command(
      "rulers", "rulers", help: "Count the image's pixels along the border", group: .view,
      contexts: everyPane, keys: ["r"], availability: needsPicture, action: .see(.toggleRulers)),
    Command(
      "minimap", "map", help: "Show the whole small in a corner while the picture is enlarged", group: .view,
      contexts: everyPane, keys: ["w"], availability: needsPicture, action: .see(.toggleMinimap)),
  ]
}
