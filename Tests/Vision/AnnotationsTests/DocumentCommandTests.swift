import Annotations
import Images
import Testing
import VisionTasks

@Suite struct DocumentCommandTests {
  private static let image = Image(width: 40, height: 30, pixels: [UInt8](repeating: 60, count: 3600))

  private static func document(_ commands: String...) throws -> Document {
    var document = Document(width: 40, height: 30)
    for command in commands { try document.carryOut(DocumentCommand(command), image: image) }
    return document
  }

  @Test(arguments: [
    "", "fly", "add", "add 1", "add 1,2,3", "add x,y", "add nan,1", "box 1,2,3", "brush 3", "brush -1 2,3",
    "brush 0 1,1", "polygon 1,1 2,2", "select -1", "select a", "go 1 2", "grow 3", "flood 1e99,2",
    "rectangle 1,2",
  ])
  func wordsThatMeanNothingSaySo(text: String) {
    #expect(throws: CommandProblem.unknown(text)) { try DocumentCommand(text) }
  }

  @Test func drawingMakesAnObjectAndChangesIt() throws {
    var document = try Self.document("rectangle 2,2,12,12")
    #expect(document.objects.map(\.mask.area) == [100] && document.selected?.origin == .brush)
    try document.carryOut(DocumentCommand("erase-rectangle 4,4,6,6"), image: Self.image)
    #expect(document.selected?.mask.area == 96)
    try document.carryOut(DocumentCommand("flood 5,5"), image: Self.image)
    #expect(document.selected?.mask.area == 100)
    try document.carryOut(DocumentCommand("brush 1 20.5,20.5 24.5,20.5"), image: Self.image)
    #expect(document.selected?.mask.area == 105)
    try document.carryOut(DocumentCommand("eraser 3 2.5,2.5"), image: Self.image)
    #expect(document.selected!.mask.area < 105)
    try document.carryOut(DocumentCommand("polygon 30,2 38,2 38,10"), image: Self.image)
    #expect(document.selected?.mask.contains(x: 36, y: 4) == true)
    #expect(document.objects.count == 1 && document.steps.count == 7)
  }

  @Test func objectsAreCombined() throws {
    let pair = ["rectangle 0,0,10,10", "new", "rectangle 5,5,15,15"]
    for (verb, area, count) in [("union", 175, 1), ("subtract", 75, 2), ("intersect", 25, 2)] {
      var document = Document(width: 40, height: 30)
      for command in pair + [verb] { try document.carryOut(DocumentCommand(command), image: Self.image) }
      #expect(document.selected?.mask.area == area && document.objects.count == count, "\(verb)")
      #expect(document.step.verb == verb)
    }
  }

  @Test func objectsAreOrderedCopiedAndSplit() throws {
    var document = try Self.document(
      "rectangle 0,0,10,10", "new", "rectangle 20,0,30,10", "lower", "class a cat", "rectangle 20,20,23,23")
    #expect(document.objects.map(\.id) == [2, 1])
    try document.carryOut(.split, image: Self.image)
    #expect(document.objects.map(\.mask.area) == [100, 9, 100] && document.selection == 2)
    #expect(document.objects.map(\.className) == ["a cat", "a cat", nil])
    try document.carryOut(.selectNext, image: Self.image)
    #expect(document.selection == 3)
    try document.carryOut(.duplicate, image: Self.image)
    #expect(document.objects.count == 4 && document.selected?.mask.area == 9)
    try document.carryOut(.delete, image: Self.image)
    try document.carryOut(.selectPrevious, image: Self.image)
    #expect(document.selection == 1, "the topmost, for want of a selection")
    try document.carryOut(.lower, image: Self.image)
    while document.canUndo { try document.carryOut(.undo, image: Self.image) }
    #expect(!document.hasObjects)
  }

  @Test func whatCannotBeDoneSaysWhyAndChangesNothing() throws {
    let cases: [(DocumentCommand, CommandProblem)] = [
      (.delete, .noSelection), (.undo, .nothingToDo), (.operate(.grow), .noSelection),
      (.select(7), .nothingToDo),
      (.draw(.rectangle(ImagePlace(x: 0, y: 0), ImagePlace(x: 9, y: 9)), .erase), .noSelection),
    ]
    for (command, problem) in cases {
      var document = Document(width: 40, height: 30)
      #expect(throws: problem) { try document.carryOut(command, image: Self.image) }
      #expect(!document.hasEntries)
    }
    var document = try Self.document("rectangle 0,0,10,10")
    _ = document.takeEntries()
    for (command, problem): (DocumentCommand, CommandProblem) in [
      (.combine(.union), .noSecondObject), (.flood(ImagePlace(x: 30, y: 20)), .notEnclosed),
      (.split, .nothingToDo),
      (.raise, .topmost), (.lower, .lowest), (.operate(.fillHoles), .nothingToDo),
    ] {
      #expect(throws: problem) { try document.carryOut(command, image: Self.image) }
      #expect(!document.hasEntries)
    }
    document.addClick(Click(x: 3, y: 3))
    #expect(throws: CommandProblem.waiting) { try document.carryOut(.operate(.grow), image: Self.image) }
  }

  @Test func everyMaskOperationDoesSomething() throws {
    for operation in MaskOperation.allCases where operation != .snap {
      var document = try Self.document(
        "rectangle 5,5,25,25", "erase-rectangle 8,8,10,10", "rectangle 30,25,32,27", "brush 1 26.5,12.5")
      try document.carryOut(DocumentCommand(operation.rawValue), image: Self.image)
      #expect(document.step.verb == operation.rawValue)
    }
  }
}
