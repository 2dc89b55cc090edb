import Annotations
import Foundation
import Images
import Testing
import VisionTasks

@Suite struct DocumentTests {
  static func segmentation(width: Int = 4, height: Int = 3, inside: UInt8 = 255) -> Segmentation {
    Segmentation(
      mask: Mask(width: width, height: height, values: [UInt8](repeating: inside, count: width * height)),
      probabilities: ProbabilityMap(
        width: 1, height: 1, values: [1], crop: PixelRect(x: 0, y: 0, width: width, height: height)),
      predictedIoU: 0.5, latency: StageLatency(encode: 1, network: 1, mask: 1))
  }

  static func clicks(_ count: Int) -> [Click] { (0..<count).map { Click(x: Double($0) + 0.5, y: 0.5) } }

  @Test func undoAndRedoWalkThroughPromptsAndMasks() {
    var document = Document(width: 4, height: 3)
    #expect(document.prompts.isEmpty && !document.canUndo && !document.canRedo)
    for (index, click) in Self.clicks(3).enumerated() {
      let step = document.addClick(click)
      document.setSegmentation(Self.segmentation(inside: UInt8(200 + index)), for: step)
    }
    document.undo()
    #expect(document.prompts.clicks == Self.clicks(2))
    #expect(document.segmentation?.mask.values.first == 201)
    #expect(document.previousSegmentation?.mask.values.first == 200)
    document.redo()
    #expect(document.prompts.clicks == Self.clicks(3) && !document.canRedo)
    for _ in 0..<9 { document.undo() }
    #expect(document.prompts.isEmpty && document.segmentation == nil && !document.canUndo)
  }

  @Test func readingsOfALoneClickAreGoneThrough() {
    var document = Document(width: 4, height: 3)
    #expect(document.takeNextReading() == document.step.id, "nothing to go on to")
    var segmentation = Self.segmentation(inside: 200)
    segmentation.readingCount = 2
    for wanted in [0, 1, 0] {
      let step =
        wanted == 0 && document.prompts.isEmpty
        ? document.addClick(Click(x: 1, y: 1)) : document.takeNextReading()
      #expect(document.prompts.reading == wanted && document.step.id == step)
      document.setSegmentation(segmentation, for: step)
      #expect(document.hasOtherReadings)
    }
    document.undo()
    #expect(document.prompts.reading == 1)
    document.addClick(Click(x: 2, y: 1))
    #expect(
      document.prompts.reading == 1 && !document.hasOtherReadings, "a further click keeps what was chosen")
  }

  @Test func changeAfterUndoLosesNothing() {
    var document = Document(width: 4, height: 3)
    for click in Self.clicks(3) { document.addClick(click) }
    document.undo()
    document.undo()
    document.setBox(Box(x0: 3, y0: 2, x1: 1, y1: 0))
    #expect(document.prompts.box == Box(x0: 1, y0: 0, x1: 3, y1: 2))
    var seen: [ClickPrompts] = []
    while document.canUndo {
      document.undo()
      seen.append(document.prompts)
    }
    #expect(seen.map(\.clicks.count) == [1, 2, 3, 2, 1, 0])
  }

  /// Whatever is done, every state that ever was is reached by undoing and redoing.
  @Test(arguments: 0..<20)
  func randomActionsLoseNothing(seed: UInt64) {
    var state = seed &+ 1
    func random(_ count: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % count
    }
    var document = Document(width: 4, height: 3)
    var states: [Document.Step.ID: ClickPrompts] = [document.step.id: document.prompts]
    for _ in 0..<200 {
      switch random(6) {
      case 0: document.addClick(Click(x: Double(random(4)) + 0.5, y: 0.5, isPositive: random(2) == 0))
      case 1: document.setBox(Box(x0: 0, y0: 0, x1: Double(1 + random(3)), y1: 2))
      case 2: document.clear()
      case 3, 4: document.undo()
      default: document.redo()
      }
      if let known = states[document.step.id] { #expect(known == document.prompts) }
      states[document.step.id] = document.prompts
    }
    while document.canRedo { document.redo() }
    var reached: [Document.Step.ID: ClickPrompts] = [document.step.id: document.prompts]
    while document.canUndo {
      document.undo()
      reached[document.step.id] = document.prompts
    }
    #expect(reached == states)
    #expect(document.prompts.isEmpty)
  }

  @Test func lateResultsReachTheirStep() {
    var document = Document(width: 4, height: 3)
    let first = document.addClick(Self.clicks(1)[0])
    document.undo()
    document.setSegmentation(Self.segmentation(), for: first)
    #expect(document.segmentation == nil)
    document.redo()
    #expect(document.segmentation != nil)
  }

  @Test func samePromptsMakeNoStep() {
    var document = Document(width: 4, height: 3)
    document.clear()
    #expect(!document.canUndo)
    document.setBox(Box(x0: 0, y0: 0, x1: 1, y1: 1))
    document.setBox(Box(x0: 0, y0: 0, x1: 1, y1: 1))
    document.undo()
    #expect(!document.canUndo)
  }

  @Test func masksOfOldStepsAreLetGo() {
    let side = 10_000
    var document = Document(width: side, height: side)
    let large = Self.segmentation(width: side, height: side)
    for index in 0..<20 {
      document.setSegmentation(large, for: document.addClick(Click(x: Double(index), y: 0)))
    }
    #expect(document.segmentation != nil && document.previousSegmentation != nil)
    var kept = 0
    while document.canUndo {
      kept += document.segmentation == nil ? 0 : 1
      document.undo()
    }
    #expect(kept == Document.maskByteLimit / large.byteCount)
  }

  @Test func savingMakesClean() throws {
    var document = Document(width: 4, height: 3)
    #expect(!document.isDirty)
    let path = NSTemporaryDirectory() + "vignette-document-\(UUID().uuidString).png"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let step = document.addClick(Self.clicks(1)[0])
    #expect(document.isDirty)
    document.setSegmentation(Self.segmentation(), for: step)
    try document.saveMask(to: path, overwrite: false)
    #expect(!document.isDirty)
    #expect(try ImageFile.load(path).pixels.allSatisfy { $0 == 255 })
    #expect(throws: ImageError.exists(path: path)) { try document.saveMask(to: path, overwrite: false) }
    document.addClick(Click(x: 2.5, y: 2.5, isPositive: false))
    #expect(document.isDirty)
    document.undo()
    #expect(!document.isDirty)
  }
}
