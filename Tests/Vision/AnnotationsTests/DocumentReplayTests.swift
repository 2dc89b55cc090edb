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

  /// What a command is called; a command that is not in `kinds` fails the test below.
  private static func kind(_ command: DocumentCommand) -> String {
    switch command {
    case .click(let click): click.isPositive ? "add" : "exclude"
    case .box: "box"
    case .another: "another"
    case .clear: "clear"
    case .undo: "undo"
    case .redo: "redo"
    case .go: "go"
    case .removeClick: "remove-click"
    case .flipClick: "flip-click"
    case .new: "new"
    case .select: "select"
    case .selectNext: "next-object"
    case .selectPrevious: "previous-object"
    case .delete: "delete"
    case .duplicate: "duplicate"
    case .raise: "raise"
    case .lower: "lower"
    case .split: "split"
    case .hide: "hide"
    case .setClass: "class"
    case .draw(.stroke, let drawing): drawing == .draw ? "brush" : "eraser"
    case .draw(.polygon, let drawing): drawing == .draw ? "polygon" : "erase-polygon"
    case .draw(.rectangle, let drawing): drawing == .draw ? "rectangle" : "erase-rectangle"
    case .flood: "flood"
    case .combine(let combination): combination.rawValue
    case .operate(let operation): operation.rawValue
    }
  }

  /// All that `vignette edit` knows.
  private static let kinds = Set(
    DocumentCommand.usage.split { $0 == "|" || $0 == "\n" }.compactMap { $0.split(separator: " ").first }
      .map(String.init))

  private static func place(_ generator: inout SeededGenerator) -> ImagePlace {
    ImagePlace(
      x: Double(Int.random(in: 0..<width * 4, using: &generator)) / 4,
      y: Double(Int.random(in: 0..<height * 4, using: &generator)) / 4)
  }

  private static func command(_ generator: inout SeededGenerator) -> DocumentCommand {
    let (from, to) = (place(&generator), place(&generator))
    let count = Int.random(in: 0..<6, using: &generator)
    let isSo = Bool.random(using: &generator)
    let simple: [DocumentCommand] = [
      .another, .clear, .undo, .redo, .new, .selectNext, .selectPrevious, .delete, .duplicate, .raise, .lower,
      .split, .hide,
    ]
    switch Int.random(in: 0..<28, using: &generator) {
    case 0...2: return .click(Click(x: from.x, y: from.y, isPositive: isSo))
    case 3: return .box(Box(x0: from.x, y0: from.y, x1: to.x, y1: to.y))
    case 4: return .go(step: Int.random(in: 0..<400, using: &generator))
    case 5: return .removeClick(count)
    case 6: return .flipClick(count)
    case 7, 8: return .select(count)
    case 9: return .setClass(["cat", "Straße \u{202E}鸟", nil].randomElement(using: &generator)!)
    case 10: return .draw(.stroke([from, to], thickness: Double(count + 1)), isSo ? .draw : .erase)
    case 11: return .draw(.polygon([from, to, place(&generator)]), isSo ? .draw : .erase)
    case 12: return .draw(.rectangle(from, to), isSo ? .draw : .erase)
    case 13: return .flood(from)
    case 14: return .combine(DocumentCommand.Combination.allCases.randomElement(using: &generator)!)
    case 15...17: return .operate(MaskOperation.allCases.randomElement(using: &generator)!)
    default: return simple.randomElement(using: &generator)!
    }
  }

  /// A thousand commands of all kinds, carried out as the workbench and `vignette edit` do it.
  @Test func commandsOfAllKindsAreReplayed() throws {
    var done: Set<String> = []
    for seed in 0..<8 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let image = Image(
        width: Self.width, height: Self.height,
        pixels: (0..<Self.width * Self.height * 3).map { _ in UInt8.random(in: 0...255, using: &generator) })
      var document = Document(width: Self.width, height: Self.height)
      var data = try Journal.lines(
        of: [.begin(JournalEntry.Header(image: "a", width: Self.width, height: Self.height))], path: "j")
      for _ in 0..<1000 {
        let command = Self.command(&generator)
        let before = document
        do throws(CommandProblem) {
          try document.carryOut(command, image: image)
          done.insert(Self.kind(command))
        } catch {
          #expect(document == before, "\(command): \(error)")
        }
        if Int.random(in: 0..<4, using: &generator) > 0 {
          for question in document.openQuestions.flatMap(\.questions) {
            let answer = Document.Answer(mask: Self.mask(&generator), predictedIoU: 0.5, readingCount: 3)
            document.setAnswer(answer, nil, for: question.step, of: question.object)
          }
        }
        data += try Journal.lines(of: document.takeEntries(), path: "j")
      }
      let again = try #require(try JournalReading(path: "j", data: data).document())
      #expect(again == document && again.objects == document.objects)
      while document.canUndo { document.undo() }
      #expect(!document.hasObjects && document.selection == nil)
    }
    #expect(done == Self.kinds)
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
