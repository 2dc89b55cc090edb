import Annotations
import Foundation
import Testing

@Suite struct ProjectIndexTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("index-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  @Test func theLastLineOfAnImageCounts() throws {
    try withFolder { folder in
      let index = ProjectIndex(folder: folder)
      #expect(try index.records().isEmpty)
      try index.append(ImageRecord(status: .inProgress, classes: ["cat"]), forImage: "a\n猫.jpg")
      try index.append(ImageRecord(status: .skipped), forImage: "b.jpg")
      try index.append(ImageRecord(status: .done, classes: ["cat", "dog"]), forImage: "a\n猫.jpg")
      #expect(
        try index.records() == [
          "a\n猫.jpg": ImageRecord(status: .done, classes: ["cat", "dog"]),
          "b.jpg": ImageRecord(status: .skipped),
        ])
    }
  }

  /// Wherever a kill cuts the file off, all earlier lines are there and the next one is.
  @Test func aLineThatWasCutOffHarmsNoOther() throws {
    try withFolder { folder in
      let index = ProjectIndex(folder: folder)
      try index.append(ImageRecord(status: .done), forImage: "a.jpg")
      let whole = try Data(contentsOf: URL(fileURLWithPath: index.path))
      for length in 0..<whole.count {
        try (whole + whole.prefix(length)).write(to: URL(fileURLWithPath: index.path))
        try index.append(ImageRecord(status: .skipped, classes: ["x"]), forImage: "b.jpg")
        #expect(
          try index.records() == [
            "a.jpg": ImageRecord(status: .done), "b.jpg": ImageRecord(status: .skipped, classes: ["x"]),
          ])
      }
    }
  }

  @Test func anImageWithAJournalAloneIsInProgress() throws {
    try withFolder { folder in
      let journal = Journal(path: Journal.path(forImage: "\(folder)/a.jpg"))
      var document = try journal.open(image: "a.jpg", width: 9, height: 9).document
      document.addClick(.init(x: 1, y: 1))
      try journal.append(document.takeEntries())
      #expect(try ProjectIndex(folder: folder).records() == ["a.jpg": ImageRecord(status: .inProgress)])
    }
  }

  @Test func writersAtTheSameTimeLoseNothing() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("index-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          for number in 0..<50 {
            try ProjectIndex(folder: folder.path).append(
              ImageRecord(status: .done), forImage: "\(writer)-\(number).png")
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try ProjectIndex(folder: folder.path).records().count == 200)
  }

  @Test func whatCannotBeWrittenSaysWhy() {
    #expect(throws: AnnotationError.self) {
      try ProjectIndex(folder: "/proc/no").append(ImageRecord(), forImage: "a.png")
    }
  }
}
