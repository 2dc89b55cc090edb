extension CommandTable {
  /// The crosshair and the view.
  static let viewing: [Command] =
    [
      move("left", ["left", "h"], .left), move("down", ["down", "j"], .down),
      move("up", ["up", "k"], .up), move("right", ["right", "l"], .right),
      bigMove("left", ["shift-left", "H"], .left), bigMove("down", ["shift-down", "J"], .down),
      bigMove("up", ["shift-up", "K"], .up), bigMove("right", ["shift-right", "L"], .right),
      Command(
        "zoom-in", "zoom", help: "Enlarge the picture at the crosshair", group: .view, contexts: everyPane,
        keys: ["+", "="], hint: 4, mouse: "wheel up", availability: needsPicture,
        action: .zoom(steps: 2, at: nil)),
      Command(
        "zoom-out", "zoom out", help: "Make the picture smaller", group: .view, contexts: everyPane,
        keys: ["-", "_"], mouse: "wheel down", availability: needsPicture, action: .zoom(steps: -2, at: nil)),
      Command(
        "zoom-fit", "fit", help: "Show the whole picture", group: .view, contexts: everyPane, keys: ["0"],
        availability: needsPicture, action: .zoomToFit),
      Command(
        "zoom-pixels", "1:1", help: "Show one image pixel as one screen pixel", group: .view,
        contexts: everyPane, keys: ["1"], availability: needsPicture, action: .zoomToPixels),
    ] + [
      pan("left", .left), pan("down", .down), pan("up", .up), pan("right", .right),
    ]

  private static func move(_ name: String, _ keys: [String], _ direction: Crosshair.Direction) -> Command {
    Command(
      "move-\(name)", "move", help: "Move the crosshair \(name)", group: .view, contexts: picture,
      keys: keys, family: "Move the crosshair", availability: needsPicture,
      action: .moveCrosshair(direction, isBig: false))
  }

  private static func bigMove(_ name: String, _ keys: [String], _ direction: Crosshair.Direction) -> Command {
    Command(
      "leap-\(name)", "leap", help: "Move the crosshair \(name) in big steps", group: .view,
      contexts: picture, keys: keys, family: "Move the crosshair in big steps", availability: needsPicture,
      action: .moveCrosshair(direction, isBig: true))
  }

  private static func pan(_ name: String, _ direction: Crosshair.Direction) -> Command {
    Command(
      "pan-\(name)", "pan", help: "Move the view \(name) over an enlarged picture", group: .view,
      contexts: picture, keys: ["ctrl-\(name)"],
      family: "Move the view over an enlarged picture", mouse: "middle drag",
      availability: {
        .when(
          $0.view.map { !$0.viewport.isFitted } == true, else: "the whole picture is shown; zoom in first")
      },
      action: .panScreen(direction))
  }
}
