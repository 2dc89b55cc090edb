import VisionTasks

// Commands in words: a verb and what it needs, places as x,y in pixels.
extension DocumentCommand {
  /// The verbs with what they need, for help.
  public static let usage = """
    add X,Y | exclude X,Y | box X0,Y0,X1,Y1 | another | clear | remove-click N | flip-click N | undo | redo | go STEP |
    new | select N | next-object | previous-object | delete | duplicate | raise | lower | split | hide | class [NAME] |
    brush SIZE X,Y … | eraser SIZE X,Y … | polygon X,Y … | erase-polygon X,Y … | rectangle X0,Y0,X1,Y1 |
    erase-rectangle X0,Y0,X1,Y1 | flood X,Y | union | subtract | intersect | fill-holes | remove-specks | grow | shrink |
    smooth | snap
    """

  /// Reads a command.
  ///
  /// - Throws: `CommandProblem.unknown`.
  public init(_ text: String) throws(CommandProblem) {
    let words = text.split(separator: " ").map(String.init)
    guard let verb = words.first, let command = Self.command(verb, Array(words.dropFirst())) else {
      throw .unknown(text)
    }
    self = command
  }

  private static func command(_ verb: String, _ words: [String]) -> DocumentCommand? {
    if verb == "class" { return .setClass(words.isEmpty ? nil : words.joined(separator: " ")) }
    if words.isEmpty {
      if let operation = MaskOperation(rawValue: verb) { return .operate(operation) }
      if let combination = Combination(rawValue: verb) { return .combine(combination) }
      return simple[verb]
    }
    let numbers = words.map(numbers)
    guard !numbers.contains(where: \.isEmpty) else { return nil }
    let places = numbers.map { $0.count == 2 ? ImagePlace(x: $0[0], y: $0[1]) : nil }
    let first = numbers[0]
    switch (verb, words.count) {
    case ("add", 1), ("exclude", 1):
      return places[0].map { .click(Click(x: $0.x, y: $0.y, isPositive: verb == "add")) }
    case ("flood", 1): return places[0].map { .flood($0) }
    case ("box", 1) where first.count == 4:
      return .box(Box(x0: first[0], y0: first[1], x1: first[2], y1: first[3]))
    case ("rectangle", 1) where first.count == 4, ("erase-rectangle", 1) where first.count == 4:
      let shape = Shape.rectangle(
        ImagePlace(x: first[0], y: first[1]), ImagePlace(x: first[2], y: first[3]))
      return .draw(shape, verb == "rectangle" ? .draw : .erase)
    case ("polygon", 3...), ("erase-polygon", 3...):
      let points = places.compactMap { $0 }
      return points.count == places.count ? .draw(.polygon(points), verb == "polygon" ? .draw : .erase) : nil
    case ("brush", 2...), ("eraser", 2...):
      let points = places.dropFirst().compactMap { $0 }
      guard first.count == 1, first[0] > 0, points.count == places.count - 1 else { return nil }
      return .draw(.stroke(points, thickness: first[0]), verb == "brush" ? .draw : .erase)
    case ("select", 1), ("go", 1), ("remove-click", 1), ("flip-click", 1):
      guard let number = Int(words[0]), number >= 0 else { return nil }
      switch verb {
      case "select": return .select(number)
      case "go": return .go(step: number)
      case "remove-click": return .removeClick(number - 1)
      default: return .flipClick(number - 1)
      }
    default: return nil
    }
  }

  private static let simple: [String: DocumentCommand] = [
    "another": .another, "clear": .clear, "undo": .undo, "redo": .redo, "new": .new, "delete": .delete,
    "duplicate": .duplicate, "raise": .raise, "lower": .lower, "split": .split, "hide": .hide,
    "next-object": .selectNext, "previous-object": .selectPrevious,
  ]

  /// Finite numbers between commas; empty when there is anything else.
  private static func numbers(_ word: String) -> [Double] {
    let parts = word.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    let numbers = parts.compactMap { $0.flatMap { abs($0) < 1e9 ? $0 : nil } }
    return numbers.count == parts.count ? numbers : []
  }
}
