import Annotations
import Foundation
import Images
import TestSupport
import Testing
import VisionTasks

/// A thousand random actions, then the same document again from its journal's bytes.
@Suite struct DocumentReplayTests {
  static let width = 13
  static let height = 9

  static func mask(_ generator: inout SeededGenerator) -> RunLengths {
    let density = UInt64.random(in: 0...4, using: &generator)
    let values = (0..<width * height).map { _ in
      UInt64.random(in: 0..<4, using: &generator) < density ? UInt8(255) : 0
    }
    return RunLengths(Mask(width: width, height: height, values: values))
  }

  static func act(
    _ document: inout Document, _ generator: inout SeededGenerator,
    openSteps: inout [(step: Int, object: Int?)]
  ) {
    let click = Click(
      x: Double.random(in: 0..<Double(width), using: &generator),
      y: Double.random(in: 0..<9, using: &generator),
      isPositive: Bool.random(using: &generator))
    let ids = document.objects.map(\.id)
    let id = ids.randomElement(using: &generator) ?? 0
    let mask = mask(&generator)
    switch Int.random(in: 0..<20, using: &generator) {
    case 0...3: if let step = document.addClick(click) { openSteps.append((step, nil)) }
    case 4:
      if let step = document.setBox(Box(x0: click.x, y0: click.y, x1: 3, y1: 4)) {
        openSteps.append((step, nil))
      }
    case 5:
      if !openSteps.isEmpty {
        let open = openSteps.remove(at: Int.random(in: 0..<openSteps.count, using: &generator))
        document.setAnswer(
          Document.Answer(
            mask: mask, predictedIoU: Double.random(in: 0...1, using: &generator), readingCount: 3),
          nil, for: open.step, of: open.object)
      }
    case 6: document.select(Bool.random(using: &generator) ? nil : id)
    case 7: document.setHidden(Bool.random(using: &generator), id)
    case 8, 9: document.undo()
    case 10: document.redo()
    case 11: document.go(to: Int.random(in: 0..<document.steps.count, using: &generator))
    case 12: document.changeObject(id, "brush") { $0.mask = $0.mask.symmetricDifference(mask) }
    case 13:
      document.changeObject(id, "class") {
        $0.className = ["cat", "dog", nil].randomElement(using: &generator)!
      }
    case 14: document.change("delete") { $0.removeAll { $0.id == id } }
    case 15: document.change("order") { $0.shuffle(using: &generator) }
    case 16:
      document.add(
        (0..<2).map { _ in AnnotatedObject(mask: Self.mask(&generator), origin: .brush) }, verb: "split")
      let boxes = (0..<2).map { _ in
        AnnotatedObject(
          mask: RunLengths(width: width, height: height), origin: .imported("coco"),
          prompts: ClickPrompts(box: Box(x0: click.x, y0: click.y, x1: 3, y1: 4)))
      }
      for id in document.add(boxes, verb: "import") { openSteps.append((document.current, id)) }
    case 17: document.removeClick(at: Int.random(in: 0..<3, using: &generator))
    case 18: document.flipClick(at: Int.random(in: 0..<3, using: &generator))
    default: if Bool.random(using: &generator) { document.clear() } else { document.takeNextReading() }
    }
  }

  @Test(arguments: 0..<8)
  func replayGivesTheSameDocument(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var document = Document(width: Self.width, height: Self.height)
    var openSteps: [(step: Int, object: Int?)] = []
    var data = try Journal.lines(
      of: [.begin(JournalEntry.Header(image: "a", width: Self.width, height: Self.height))], path: "j")
    for _ in 0..<1000 {
      Self.act(&document, &generator, openSteps: &openSteps)
      data += try Journal.lines(of: document.takeEntries(), path: "j")
    }
    let again = try #require(try JournalReading(path: "j", data: data).document())
    #expect(again == document)
    #expect(again.objects == document.objects)
    #expect(document.steps.count > 300)
    // Every state that ever was can be gone to, and looks the same in both.
    for id in document.steps.indices { #expect(again.objects(at: id) == document.objects(at: id)) }
    while document.canUndo { document.undo() }
    #expect(!document.hasObjects && document.selection == nil)
  }

  @Test(arguments: 0..<4)
  func everyPrefixOfAJournalOpens(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var document = Document(width: Self.width, height: Self.height)
    var openSteps: [(step: Int, object: Int?)] = []
    var data = try Journal.lines(
      of: [.begin(JournalEntry.Header(image: "a", width: Self.width, height: Self.height))], path: "j")
    var states: [(byteCount: Int, document: Document)] = []
    for _ in 0..<30 {
      states.append((data.count, document))
      Self.act(&document, &generator, openSteps: &openSteps)
      for entry in document.takeEntries() { data += try Journal.lines(of: [entry], path: "j") }
    }
    states.append((data.count, document))
    for count in stride(from: states[0].byteCount, through: data.count, by: 7) {
      let reading = try JournalReading(path: "j", data: data.prefix(count))
      let restored = try #require(try reading.document())
      let acknowledged = states.last { $0.byteCount <= count }!
      #expect(restored.steps.count >= acknowledged.document.steps.count)
      #expect(
        reading.byteCount != acknowledged.byteCount || restored == acknowledged.document, "cut at \(count)")
    }
  }
}
