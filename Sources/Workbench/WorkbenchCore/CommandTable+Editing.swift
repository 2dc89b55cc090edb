import Annotations

extension CommandTable {
  /// Objects: which, in what order, and what becomes of their masks.
  static let editing: [Command] = [
    object("new", "new object", "Let the next click make another object", ["N"], .new),
    object("next-object", "next object", "Select the next object", ["]"], .selectNext),
    object("previous-object", "object back", "Select the previous object", ["["], .selectPrevious),
    object("delete", "delete", "Delete the selected object", ["D", "delete"], .delete),
    object("duplicate", "duplicate", "Copy the selected object", ["Y"], .duplicate),
    object("raise", "raise", "Move the object above its neighbour", ["R"], .raise),
    object("lower", "lower", "Move the object below its neighbour", ["W"], .lower),
    object("split", "split", "Make each part of the mask an object of its own", ["Z"], .split),
    object("hide-object", "hide", "Hide the selected object or show it again", ["V"], .hide),
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
        "click-tool", "clicks", help: "Leave the drawing tool for clicks", group: .mark, contexts: [.image],
        keys: ["escape"], availability: { .when($0.tool != .click, else: "clicks are what Enter does now") },
        action: .edit(.pick(.click))),
      edit("brush-larger", "larger", "Make the brush larger", ["."], .changeBrush(1)),
      edit("brush-smaller", "smaller", "Make the brush smaller", [","], .changeBrush(-1)),
    ]

  private static func edit(
    _ id: String, _ title: String, _ help: String, _ keys: [String], _ action: EditingAction
  ) -> Command {
    Command(
      id, title, help: help, group: .mark, contexts: [.image], keys: keys, availability: needsPicture,
      action: .edit(action))
  }

  private static func object(
    _ id: String, _ title: String, _ help: String, _ keys: [String], _ command: DocumentCommand
  ) -> Command {
    Command(
      id, title, help: help, group: .objects, contexts: everyPane, keys: keys,
      availability: needsPicture, action: .edit(.command(command)))
  }

  private static func tool(_ tool: DrawingTool, _ help: String, _ keys: [String]) -> Command {
    edit(tool.rawValue, tool.rawValue, help, keys, .pick(tool))
  }
}
