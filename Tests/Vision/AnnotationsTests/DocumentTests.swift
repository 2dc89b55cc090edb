import Annotations
import Foundation
import Images
import Testing
import VisionTasks

@Suite struct DocumentTests {
  static func answer(_ width: Int = 4, _ height: Int = 3, area: Int) -> Document.Answer {
    var mask = Mask(width: width, height: height)
    for index in 0..<area { mask.values[index] = 255 }
    return Document.Answer(mask: RunLengths(mask), predictedIoU: 0.5)
  }

  static func segmentation(_ width: Int = 4, _ height: Int = 3) -> Segmentation {
    Segmentation(
      mask: CroppedMask(Mask(width: width, height: height)),
      probabilities: ProbabilityMap(
        width: 1, height: 1, values: [1], crop: PixelRect(x: 0, y: 0, width: width, height: height)),
      predictedIoU: 0.5, latency: StageLatency(encode: 1, network: 1, mask: 1))
  }

  static func clicks(_ count: Int) -> [Click] { (0..<count).map { Click(x: Double($0) + 0.5, y: 0.5) } }

  static func rectangle(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> RunLengths {
    var mask = Mask(width: 4, height: 3)
    for row in y..<y + height { for column in x..<x + width { mask.values[row * 4 + column] = 255 } }
    return RunLengths(mask)
  }

  @Test func clicksMakeAnObjectAndFurtherOnesRefineIt() {
    var document = Document(width: 4, height: 3)
    #expect(document.prompts.isEmpty && !document.canUndo && !document.canRedo)
    for (index, click) in Self.clicks(3).enumerated() {
      let step = document.addClick(click)!
      #expect(document.isWaiting(1))
      document.setAnswer(Self.answer(area: index + 1), nil, for: step)
    }
    #expect(document.objects.map(\.id) == [1] && document.selected?.mask.area == 3)
    document.undo()
    #expect(document.prompts.clicks == Self.clicks(2) && document.selected?.mask.area == 2)
    document.redo()
    #expect(document.prompts.clicks == Self.clicks(3) && !document.canRedo)
    for _ in 0..<9 { document.undo() }
    #expect(!document.hasObjects && document.selection == nil && !document.canUndo)
  }

  @Test func withoutASelectionAClickMakesAnotherObject() {
    var document = Document(width: 4, height: 3)
    document.addClick(Self.clicks(1)[0])
    document.select(nil)
    document.addClick(Self.clicks(2)[1])
    #expect(document.objects.map(\.id) == [1, 2] && document.selection == 2)
    document.select(1)
    #expect(document.prompts.clicks == Self.clicks(1) && document.previousSelection == 2)
    document.undo()
    #expect(document.objects.map(\.id) == [1] && document.selection == 1)
  }

  @Test func aChangeAfterUndoBeginsABranchAndLosesNothing() {
    var document = Document(width: 4, height: 3)
    let steps = Self.clicks(3).map { document.addClick($0)! }
    document.undo()
    document.undo()
    let box = document.setBox(Box(x0: 3, y0: 2, x1: 1, y1: 0))!
    #expect(document.prompts.box == Box(x0: 1, y0: 0, x1: 3, y1: 2))
    #expect(document.step.previous == steps[0])
    document.undo()
    document.redo()
    #expect(document.current == box, "redoing follows the branch that was visited last")
    document.go(to: steps[2])
    #expect(document.prompts.clicks == Self.clicks(3))
    document.undo()
    document.undo()
    document.redo()
    #expect(document.current == steps[1])
  }

  @Test func aSingleClickIsRemovedOrTurnedAndTheMaskMadeAnew() {
    var document = Document(width: 4, height: 3)
    for click in Self.clicks(3) {
      document.setAnswer(Self.answer(area: 2), Self.segmentation(), for: document.addClick(click)!)
    }
    document.removeClick(at: 1)
    #expect(document.prompts.clicks == [Self.clicks(3)[0], Self.clicks(3)[2]])
    let chain = document.openQuestions
    #expect(chain.count == 1 && chain[0].previous == nil && chain[0].questions.count == 1)
    #expect(chain[0].questions[0].refinesPrevious == false)
    document.undo()
    #expect(document.openQuestions.isEmpty && document.selected?.mask.area == 2)
    document.flipClick(at: 0)
    #expect(document.prompts.clicks.map(\.isPositive) == [false, true, true])
    document.flipClick(at: 7)
    document.removeClick(at: -1)
    #expect(document.steps.count == 6)
  }

  @Test func readingsOfALoneClickAreGoneThrough() {
    var document = Document(width: 4, height: 3)
    #expect(document.takeNextReading() == nil, "nothing to go on to")
    var answer = Self.answer(area: 2)
    answer.readingCount = 2
    document.setAnswer(answer, nil, for: document.addClick(Click(x: 1, y: 1))!)
    for wanted in [1, 0] {
      let step = document.takeNextReading()!
      #expect(document.prompts.reading == wanted && !document.hasOtherReadings)
      document.setAnswer(answer, nil, for: step)
      #expect(document.hasOtherReadings)
    }
    document.undo()
    document.addClick(Click(x: 2, y: 1))
    #expect(
      document.prompts.reading == 1 && !document.hasOtherReadings, "a further click keeps what was chosen")
  }

  @Test func questionsAskForWhatIsMissingAndNoMore() {
    var document = Document(width: 4, height: 3)
    let steps = Self.clicks(3).map { document.addClick($0)! }
    #expect(document.openQuestions[0].questions.map(\.step) == steps)
    #expect(document.openQuestions[0].questions.map(\.refinesPrevious) == [false, true, true])
    document.setAnswer(Self.answer(area: 1), Self.segmentation(), for: steps[0])
    #expect(document.openQuestions[0].questions.map(\.step) == Array(steps[1...]))
    #expect(document.openQuestions[0].previous != nil)
    #expect(document.selected?.mask.area == 1, "the last mask stays until the next is there")
    document.select(nil)
    document.addClick(Self.clicks(1)[0])
    #expect(document.openQuestions.map(\.questions.count) == [1, 2])
    // An answer that a journal holds needs no network, but refining it does.
    document.setAnswer(Self.answer(area: 3), nil, for: steps[2])
    document.select(1)
    document.addClick(Click(x: 3, y: 2))
    #expect(document.openQuestions[0].questions.count == 3)
  }

  @Test func lateAnswersReachTheirStepAndThoseAfter() {
    var document = Document(width: 4, height: 3)
    let step = document.addClick(Self.clicks(1)[0])!
    document.changeObject(1, "class") { $0.className = "cat" }
    document.undo()
    document.undo()
    document.setAnswer(Self.answer(area: 5), nil, for: step)
    document.redo()
    document.redo()
    #expect(document.selected?.className == "cat" && document.selected?.mask.area == 5)
    document.setAnswer(Self.answer(area: 1), nil, for: step)
    #expect(document.selected?.mask.area == 5, "what is known stays")
  }

  @Test func promptsRefineAMaskThatIsTheirs() {
    var document = Document(width: 4, height: 3)
    let mask = Self.rectangle(0, 0, 3, 2)
    document.add([AnnotatedObject(mask: mask, origin: .imported("coco"))], verb: "import")
    #expect(document.openQuestions.isEmpty && document.selection == 1)
    let step = document.addClick(Self.clicks(1)[0])!
    let question = document.openQuestions[0].questions[0]
    #expect(question.base?.mask == mask && question.base?.clickCount == 0)
    document.setAnswer(Self.answer(area: 1), nil, for: step)
    document.changeObject(1, "brush") { $0.mask = mask }
    #expect(document.openQuestions.isEmpty && document.prompts.clicks.count == 1)
    document.addClick(Self.clicks(2)[1])
    #expect(document.openQuestions[0].questions.map(\.base?.clickCount) == [1])
    document.clear()
    #expect(document.selected?.mask == mask && document.openQuestions.isEmpty, "the drawn mask stays")
  }

  @Test func changesAreStepsAndSamenessIsNone() {
    var document = Document(width: 4, height: 3)
    document.clear()
    document.change("nothing") { _ in }
    #expect(!document.canUndo)
    document.add(
      [Self.rectangle(0, 0, 1, 1), Self.rectangle(1, 1, 2, 2)].map {
        AnnotatedObject(mask: $0, origin: .brush)
      },
      verb: "add")
    document.change("raise") { $0.swapAt(0, 1) }
    #expect(document.objects.map(\.id) == [2, 1])
    document.change("delete") { $0.removeFirst() }
    #expect(document.objects.map(\.id) == [1] && document.selection == nil)
    document.undo()
    document.undo()
    #expect(document.objects.map(\.id) == [1, 2])
    document.setHidden(true, 2)
    #expect(document.hidden == [2])
    document.setHidden(false, 2)
    #expect(document.hidden.isEmpty && document.steps.count == 4)
  }

  /// Boxes of an import are one step, and each has its own answer, also in the journal.
  @Test func objectsOfOneStepAreAnsweredEachForItself() throws {
    var document = Document(width: 4, height: 3)
    let boxes = (0..<3).map { place in
      AnnotatedObject(
        mask: RunLengths(width: 4, height: 3), origin: .imported("coco"),
        prompts: ClickPrompts(box: Box(x0: Double(place), y0: 0, x1: 4, y1: 3)))
    }
    let ids = document.add(boxes, verb: "import")
    document.select(ids[1])
    #expect(document.openQuestions.flatMap(\.questions).map(\.object) == [ids[1], ids[0], ids[2]])
    for (area, id) in zip([2, 5], ids.dropFirst()) {
      document.setAnswer(Self.answer(area: area), Self.segmentation(), for: document.current, of: id)
    }
    #expect(document.objects.map(\.mask.area) == [0, 2, 5] && document.isWaiting(ids[0]))
    document.addClick(Self.clicks(1)[0])
    let chain = try #require(document.openQuestions.first)
    #expect(chain.previous != nil && chain.questions.map(\.refinesPrevious) == [true])
    let entries = [.begin(.init(image: "a", width: 4, height: 3))] + document.takeEntries()
    let data = try Journal.lines(of: entries, path: "j")
    #expect(try JournalReading(path: "j", data: data).document() == document)
  }

  /// Journals from before several objects of a step could be asked about.
  @Test func answersWithoutAnObjectAreThoseOfTheStepsOnlyOne() throws {
    var document = Document(width: 4, height: 3)
    document.addClick(Self.clicks(1)[0])
    document.setAnswer(Self.answer(area: 3), nil, for: 1)
    let entries = [.begin(.init(image: "a", width: 4, height: 3))] + document.takeEntries()
    let text = String(decoding: try Journal.lines(of: entries, path: "j"), as: UTF8.self)
    let old = text.replacing("\"object\":1,", with: "")
    #expect(old != text)
    #expect(try JournalReading(path: "j", data: Data(old.utf8)).document() == document)
  }

  @Test func whatANetworkWasToRefineIsLetGo() {
    let side = 10_000
    var document = Document(width: side, height: side)
    let large = Self.segmentation(side, side)
    let answer = Self.answer(side, side, area: 1)
    var last = 0
    for index in 0..<20 {
      last = document.addClick(Click(x: Double(index), y: 0))!
      document.setAnswer(answer, large, for: last)
    }
    #expect(document.segmentation != nil)
    #expect(document.segmentations.count == Document.segmentationByteLimit / large.byteCount)
    #expect(document.segmentations.keys.contains { $0.step == last })
  }

  @Test func savingMakesClean() {
    var document = Document(width: 4, height: 3)
    #expect(!document.isDirty)
    document.addClick(Self.clicks(1)[0])
    #expect(document.isDirty)
    document.markSaved(document.current)
    #expect(!document.isDirty)
    document.addClick(Click(x: 2.5, y: 2.5, isPositive: false))
    #expect(document.isDirty)
    document.undo()
    #expect(!document.isDirty)
  }
}
