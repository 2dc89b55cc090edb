/// Five steps that show a newcomer the way.
public enum Tour {
  public struct Step: Sendable {
    public let title: String
    /// Text in which `{id}` stands for the first key of that command.
    let text: String
  }

  /// What the keys of the tour do.
  public enum Move: Sendable {
    case start, next, back, skip
  }

  public static let steps: [Step] = [
    Step(
      title: "Point at something",
      text: """
        Click an object with the left mouse button, and its mask is there. Without a mouse, move the crosshair \
        with {move-left} {move-down} {move-up} {move-right} and press {add}.
        """),
    Step(
      title: "Make it exact",
      text: """
        Click more of the object to add it. A right click, or {exclude}, takes out what does not belong. \
        {undo} undoes, {redo} brings back: nothing is ever lost.
        """),
    Step(
      title: "Look closely",
      text: """
        {zoom-in} and {zoom-out} or the wheel zoom, {zoom-fit} shows the whole. {mask-view} shows the mask as an \
        outline, hides it, shows its last change, or the object alone; {magnifier} opens a magnifier.
        """),
    Step(
      title: "Keep it, go on",
      text: """
        {save} writes the mask as a PNG. {next} and {previous} go from image to image; the list at the right can be \
        clicked.
        """),
    Step(
      title: "Find everything",
      text: """
        {help} searches all keys and runs what you choose; {palette} takes commands by name, such as \
        `theme light`. The keys in the last line can be clicked. {quit} leaves.
        """),
  ]

  /// The text of a step with the keys that the user has.
  public static func text(of step: Step, keyMap: KeyMap) -> String {
    var result = ""
    var rest = step.text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open]
      let id = String(rest[rest.index(after: open)..<close])
      result += CommandTable.command(id).flatMap { keyMap.keys(for: $0).first?.label } ?? id
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}

extension Reducer {
  static func moveTour(_ state: inout State, _ move: Tour.Move) -> [Effect] {
    switch move {
    case .start: state.tourStep = 0
    case .next: state.tourStep = state.tourStep.flatMap { $0 + 1 < Tour.steps.count ? $0 + 1 : nil }
    case .back: state.tourStep = state.tourStep.map { max($0 - 1, 0) }
    case .skip: state.tourStep = nil
    }
    return []
  }
}
