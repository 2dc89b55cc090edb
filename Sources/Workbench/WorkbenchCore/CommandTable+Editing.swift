import Annotations

extension CommandTable {
  /// Objects: which, in what order, and what becomes of their masks.
  static let editing: [Command] = [
    object("new", "new object", "Let the next click make another object", ["N"], .new),
    object("next-object", "next object", "Select the next object", ["]"], .selectNext),
    object("previous-object", "object back", "Select the previous object", ["["], .selectPrevious),
    object(
      "delete", "delete", "Delete the selected object", ["D", "delete"], .delete,
      inPane: .init(keys: ["d"], hint: 3)),
    object(
      "duplicate", "duplicate", "Copy the selected object", ["Y"], .duplicate,
      inPane: .init(keys: ["y"], hint: 4)
    ),
    object(
      "raise", "raise", "Move the object above its neighbour", ["R"], .raise,
      inPane: .init(keys: ["K", "shift-up"], hint: 4)),
    object(
      "lower", "lower", "Move the object below its neighbour", ["W"], .lower,
      inPane: .init(keys: ["J", "shift-down"], hint: 4)),
    object("split", "split", "Make each part of the mask an object of its own", ["Z"], .split),
    object(
      "hide-object", "hide", "Hide the selected object or show it again", ["V"], .hide,
      inPane: .init(keys: ["space"], hint: 2)),
    object("union", "unite", "Unite with the object selected before", ["A"], .combine(.union)),
    object("subtract", "subtract", "Take away the object selected before", ["S"], .combine(.subtract)),
    object(
      "intersect", "intersect", "Keep what the object selected before has too", ["I"], .combine(.intersect)),
    object("fill-holes", "fill holes", "Fill the holes of the mask", ["*"], .operate(.fillHoles)),
    object("remove-specks", "no specks", "Remove small parts of the mask", ["P"], .operate(.removeSpecks)),
    object("grow", "grow", "Grow the mask by a pixel", [")"], .operate(.grow)),
    object("shrink", "shrink", "Shrink the mask by a pixel", ["("], .operate(.shrink)),
    object("smooth", "smooth", "Smooth the outline of the mask", ["M"], .operate(.smooth)),
    object("snap", "snap", "Move the outline to the edges of the picture", ["E"], .operate(.snap)),
    edit("flood", "flood", "Fill the hole or remove the part at the crosshair", [";"], .floodAtCrosshair),
    edit(
      "remove-click", "remove click", "Remove the click nearest to the crosshair", ["X"], .removeNearestClick),
    edit(
      "flip-click", "turn click", "Turn the click nearest to the crosshair around", ["y"], .flipNearestClick),
    edit("copy-next", "copy on", "Copy the object to the next image and open that", ["C"], .copyToNext),
  ]

  /// Drawing by hand.
  static let drawing: [Command] =
    [
      tool(.brush, "Paint with a brush", ["d"]), tool(.eraser, "Erase with a brush", ["e"]),
      tool(.rectangle, "Draw a rectangle", ["v"]), tool(.polygon, "Draw a polygon; again to close it", ["g"]),
      tool(.lasso, "Draw an outline freely", ["B"]),
    ] + [
      Command(
        "click-tool", "clicks", help: "Leave the drawing tool for clicks", group: .mark,
        contexts: [.drawing], keys: ["escape"], hint: 2, action: .edit(.pick(.click))),
      edit(
        "brush-smaller", "smaller", "Make the brush smaller", [","], .changeBrush(-1), drawing: .init(hint: 3)
      ),
      edit(
        "brush-larger", "larger", "Make the brush larger", ["."], .changeBrush(1), drawing: .init(hint: 3)),
    ]

  private static func edit(
    _ id: String, _ title: String, _ help: String, _ keys: [String], _ action: EditingAction,
    drawing: Command.Local? = nil
  ) -> Command {
    Command(
      id, title, help: help, group: .mark, contexts: picture, keys: keys,
      local: drawing.map { [.drawing: $0] } ?? [:], availability: needsPicture, action: .edit(action))
  }

  private static func object(
    _ id: String, _ title: String, _ help: String, _ keys: [String], _ command: DocumentCommand,
    inPane: Command.Local? = nil
  ) -> Command {
    Command(
      id, title, help: help, group: .objects, contexts: objectPanes, keys: keys,
      local: inPane.map { [.objects: $0] } ?? [:], availability: needsPicture,
      action: .edit(.command(command)))
  }

  private static func tool(_ tool: DrawingTool, _ help: String, _ keys: [String]) -> Command {
    edit(tool.rawValue, tool.rawValue, help, keys, .pick(tool))
  }
}
