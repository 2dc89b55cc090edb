import Annotations
import Foundation
import Images
import Testing
import VisionTasks

@Suite struct JournalTests {
  private func withFolder(_ body: (String) throws -> Void) rethrows {
    let folder = NSTemporaryDirectory() + "vignette-journal-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test(arguments: [
    ("photos/cat.jpg", nil, "photos/.vignette/cat.jpg.jsonl"), ("cat.jpg", nil, ".vignette/cat.jpg.jsonl"),
    ("photos/cat.jpg", "out", "out/.vignette/cat.jpg.jsonl"),
  ])
  func journalsStandInOneFolder(image: String, folder: String?, path: String) {
    #expect(Journal.path(forImage: image, under: folder) == path)
  }

  @Test func whatWasWrittenIsThereAgain() throws {
    try withFolder { folder in
      let path = Journal.path(forImage: "\(folder)/a.png")
      let journal = Journal(path: path)
      var document = try journal.open(image: "a.png", width: 4, height: 3).document
      #expect(!FileManager.default.fileExists(atPath: path), "nothing is written before something was done")
      let step = document.addClick(Click(x: 1.25, y: 2, isPositive: false))!
      document.setAnswer(DocumentTests.answer(area: 5), nil, for: step)
      document.changeObject(1, "class") { object in
        object.className = "cat \"\u{1B}[2J\n日本語\u{202E}"
        object.color = ObjectColor(red: 1, green: 254, blue: 16)
        object.origin = .model("face-parsing")
      }
      document.setHidden(true, 1)
      document.select(nil)
      document.undo()
      try journal.append(document.takeEntries())
      journal.close()
      let again = try Journal(path: path).open(image: "a.png", width: 4, height: 3)
      #expect(again.document == document && again.notice == nil)
      #expect(try JournalReading(path: path).document() == document)
    }
  }

  @Test func aTornLineIsDroppedWithAWord() throws {
    try withFolder { folder in
      let path = "\(folder)/j.jsonl"
      var document = Document(width: 4, height: 3)
      let journal = Journal(path: path)
      _ = try journal.open(image: "a.png", width: 4, height: 3)
      document.addClick(Click(x: 1, y: 1))
      try journal.append(document.takeEntries())
      journal.close()
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      var longer = document
      longer.addClick(Click(x: 2, y: 1))
      let line = try Journal.lines(of: longer.takeEntries(), path: path)
      for count in [1, line.count / 2, line.count - 1] {
        try (whole + line.prefix(count)).write(to: URL(fileURLWithPath: path))
        let again = Journal(path: path)
        let restored = try again.open(image: "a.png", width: 4, height: 3)
        #expect(restored.document == document && restored.notice?.contains("cut off") == true)
        var next = restored.document
        next.undo()
        try again.append(next.takeEntries())
        again.close()
        #expect(try JournalReading(path: path).document() == next)
      }
    }
  }

  @Test(arguments: [
    ("{\"go\":0}\n", 1, "does not begin"),
    ("{\"begin\":{\"height\":3,\"image\":\"a\",\"version\":9,\"width\":4}}\n", 1, "newer"),
    ("{\"begin\":{\"height\":3,\"image\":\"a\",\"version\":1,\"width\":0}}\n", 1, "0x3"),
    ("BEGIN{\"go\":7}\n", 2, "step 7"), ("BEGINnonsense\n{\"go\":0}\n", 2, "not JSON"),
    ("BEGIN{\"jump\":0}\n{\"go\":0}\n", 2, "no kind of entry"),
    ("BEGIN{\"go\":\"x\"}\n{\"go\":0}\n", 2, "go is of the wrong kind"),
    ("BEGIN{\"select\":4}\n", 2, "not there"),
    ("BEGIN{\"answer\":{\"mask\":\"<\",\"predictedIoU\":1,\"readingCount\":1,\"step\":3}}\n", 2, "step 3"),
    (
      "BEGIN{\"answer\":{\"mask\":\"<<\",\"predictedIoU\":1,\"readingCount\":1,\"step\":0}}\n", 2,
      "more pixels"
    ),
    ("BEGIN{\"edit\":{\"id\":5,\"of\":0,\"verb\":\"x\",\"changes\":[]}}\n", 2, "where 1 is due"),
    (
      "BEGIN{\"edit\":{\"id\":1,\"of\":0,\"verb\":\"x\",\"changes\":[{\"id\":1,\"removed\":true}]}}\n", 2,
      "removes"
    ),
    (
      "BEGIN{\"edit\":{\"id\":1,\"of\":0,\"verb\":\"x\",\"changes\":[{\"id\":1,\"clicks\":[[1]]}]}}\n{}\n", 2,
      "click"
    ),
    ("BEGIN{\"edit\":{\"id\":1,\"of\":0,\"verb\":\"x\",\"changes\":[],\"order\":[3]}}\n", 2, "orders"),
    (
      "BEGIN{\"edit\":{\"id\":1,\"of\":0,\"verb\":\"x\",\"changes\":[{\"id\":3,\"box\":[0,0,1,1]},{\"id\":3}]}}\n{\"go\":0}\n",
      2, "twice"
    ),
    (
      "BEGIN{\"edit\":{\"id\":1,\"of\":0,\"verb\":\"x\",\"changes\":[{\"id\":0}]}}\n{\"go\":0}\n",
      2, "impossible number"
    ),
    (
      "BEGIN{\"edit\":{\"id\":1,\"of\":0,\"verb\":\"x\",\"changes\":[{\"id\":9223372036854775807}]}}\n{\"go\":0}\n",
      2, "impossible number"
    ),
    (
      "BEGIN{\"edit\":{\"id\":1,\"of\":0,\"verb\":\"x\",\"changes\":[{\"id\":1,\"clicks\":[[1e300,0,1]]}]}}\n{\"go\":0}\n",
      2, "too far"
    ),
    (
      "BEGIN{\"edit\":{\"id\":1,\"of\":0,\"verb\":\"x\",\"changes\":[{\"id\":1,\"clicks\":[[1,0,1]],\"reading\":-1}]}}\n{\"go\":0}\n",
      2, "reading: is not one"
    ),
    (
      "BEGIN{\"edit\":{\"id\":1,\"of\":0,\"verb\":\"x\",\"changes\":[{\"id\":1,\"clicks\":[[1,0,1]],\"base\":-1}]}}\n{\"go\":0}\n",
      2, "less than no clicks"
    ),
  ])
  func damageNamesTheLineAndChangesNothing(text: String, line: Int, reason: String) throws {
    try withFolder { folder in
      let path = "\(folder)/j.jsonl"
      let begin = "{\"begin\":{\"height\":3,\"image\":\"a\",\"version\":1,\"width\":4}}\n"
      let text = text.replacingOccurrences(of: "BEGIN", with: begin)
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      do throws(AnnotationError) {
        _ = try Journal(path: path).open(image: "a", width: 4, height: 3)
        Issue.record("nothing was found")
      } catch {
        guard case .damagedJournal(path, line, let found) = error else {
          Issue.record("\(error)")
          return
        }
        #expect(found.contains(reason), "\(found)")
      }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }
  }

  @Test func aJournalOfAnotherSizeIsPutAside() throws {
    try withFolder { folder in
      let path = "\(folder)/j.jsonl"
      let journal = Journal(path: path)
      var document = try journal.open(image: "a", width: 4, height: 3).document
      document.addClick(Click(x: 1, y: 1))
      try journal.append(document.takeEntries())
      journal.close()
      let restored = try Journal(path: path).open(image: "a", width: 5, height: 3)
      #expect(!restored.document.hasObjects && restored.notice?.contains("4x3") == true)
      #expect(try JournalReading(path: path + ".4x3").document() == document)
    }
  }

  @Test func oneProgramAtATime() throws {
    try withFolder { folder in
      let path = "\(folder)/j.jsonl"
      let first = Journal(path: path)
      var document = try first.open(image: "a", width: 4, height: 3).document
      document.addClick(Click(x: 1, y: 1))
      try first.append(document.takeEntries())
      #expect(throws: AnnotationError.locked(path: path)) {
        try Journal(path: path).open(image: "a", width: 4, height: 3)
      }
      first.close()
      let second = Journal(path: path)
      var other = try second.open(image: "a", width: 4, height: 3).document
      other.undo()
      try second.append(other.takeEntries())
      second.close()
      document.addClick(Click(x: 2, y: 1))
      #expect(throws: AnnotationError.self) { try first.append(document.takeEntries()) }
      #expect(try JournalReading(path: path).document() == other, "the other's work is untouched")
    }
  }

  @Test func placesThatCannotBeWrittenSaySo() {
    let journal = Journal(path: "/proc/nowhere/j.jsonl")
    do {
      _ = try journal.open(image: "a", width: 4, height: 3)
      try journal.append([.go(0)])
      Issue.record("nothing was found")
    } catch {
      #expect("\(error)".contains("--output"))
    }
  }
}
