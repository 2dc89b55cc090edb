import AnnotationFormats
import Annotations
import Foundation
import Images
import Testing

@Suite(.enabled(if: Program.isBuilt, "the program is not built"))
struct TransferCommandTests {
  private func photo(_ name: String, in folder: URL) throws -> String {
    let path = folder.appendingPathComponent(name).path
    let image = Image(width: 60, height: 40, pixels: [UInt8](repeating: 90, count: 7200))
    try ImageFile.savePNG(image, to: path, overwrite: false)
    return path
  }

  /// The masks of a photo's objects, as replaying its journal shows them.
  private func masks(of photo: String) throws -> [String] {
    let journal = Journal.path(forImage: photo)
    guard FileManager.default.fileExists(atPath: journal) else { return [] }
    return try JournalReading(path: journal).document()?.objects.map(\.mask.text) ?? []
  }

  @Test(arguments: AnnotationFormat.all.map(\.id))
  func whatIsExportedIsImported(format: String) async throws {
    try await Program.withFolder { folder in
      let path = try photo("a.png", in: folder)
      let second = try photo("b.png", in: folder)
      let out = folder.appendingPathComponent("out").path
      #expect(
        try Program.run([
          "edit", path, "rectangle 5,5,25,25", "erase-rectangle 9,9,12,12", "class Straße", "new",
          "brush 3 40,10 50,30",
        ]).status == 0)
      let exported = try Program.run(["export", format, path, second, "--output", out, "--json"])
      #expect(exported.status == 0 && exported.output.contains("\"objects\" : 2"), "\(exported.errors)")
      let again = try Program.run(["export", format, path, second, "--output", out])
      #expect(again.status == 73 && again.errors.contains("exists already"))
      #expect(try Program.run(["export", format, path, second, "--output", out, "--force"]).status == 0)

      let source = format == "coco" ? out + "/instances.json" : out
      let before = try masks(of: path)
      let imported = try Program.run(["import", format, source, "--to", path])
      #expect(
        imported.status == 0 && imported.output.hasPrefix("2 objects added to 1 photo"), "\(imported.errors)")
      #expect(try masks(of: path) == before + before)
      #expect(try Program.run(["edit", path, "undo"]).status == 0)
      #expect(try masks(of: path) == before)
    }
  }

  /// Fills a folder's photos in the real workbench by its palette: the open one and one that was not opened.
  @Test func aProjectIsFilledFromThePalette() async throws {
    try await Program.withFolder { folder in
      let photos = try ["a.png", "b.png", "c.png"].map { try photo($0, in: folder) }
      let other = folder.appendingPathComponent("elsewhere")
      try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
      let copies = try ["a.png", "b.png", "z.png"].map { try photo($0, in: other) }
      for (number, copy) in copies.enumerated() {
        #expect(try Program.run(["edit", copy, "rectangle 5,5,\(20 + number),25", "class cat"]).status == 0)
      }
      let out = folder.appendingPathComponent("out").path
      #expect(try Program.run(["export", "coco", other.path, "--output", out]).status == 0)

      let session = try TerminalSession(photos, environment: Program.environment())
      try #require(session.waitsForImage(after: 0))
      session.send(":import-all coco \(out)/ins")
      #expect(Program.waits { session.text.contains("instances.json") })
      session.send("\t\r")
      #expect(Program.waits { session.text.contains("2 objects added to 2 photos: a.png, b.png") })
      #expect(session.text.contains("1 name in the file without a photo here: z.png"))
      session.end()
      for (index, photo) in photos.enumerated() {
        #expect(try masks(of: photo) == (index < 2 ? masks(of: copies[index]) : []))
      }
      #expect(
        try ProjectIndex(folder: folder.path).records() == [
          "a.png": ImageRecord(status: .inProgress, classes: ["cat"]),
          "b.png": ImageRecord(status: .inProgress, classes: ["cat"]),
        ])
    }
  }

  /// Killed at any moment, an import leaves journals that open, each with all of its photo's objects or none.
  @Test func killsDuringAnImportLeaveWholeJournals() async throws {
    try await Program.withFolder { folder in
      let photos = try (0..<60).map { try photo("\($0).png", in: folder) }
      #expect(
        try Program.run(["edit", photos[0], "rectangle 5,5,20,25", "new", "rectangle 1,1,3,3"]).status == 0)
      let out = folder.appendingPathComponent("out").path
      #expect(try Program.run(["export", "vignette", photos[0], "--output", out]).status == 0)
      let text = try String(contentsOfFile: "\(out)/0.png.json", encoding: .utf8)
      for index in 0..<60 {
        try text.replacing("0.png", with: "\(index).png").write(
          toFile: "\(out)/\(index).png.json", atomically: true, encoding: .utf8)
      }
      let (output, errors) = ("\(folder.path)/output", "\(folder.path)/errors")
      var counts: Set<Int> = []
      for round in 0..<40 {
        try FileManager.default.removeItem(
          at: folder.appendingPathComponent(Journal.folderName, isDirectory: true))
        let process = try ChildProcess.start(
          [Program.path, "import", "vignette", out, "--to"] + photos, environment: Program.environment(),
          streams: .files(output: output, errors: errors))
        usleep(UInt32(10_000 + round * 2000))
        kill(process, SIGKILL)
        _ = ChildProcess.wait(for: process)
        try FileManager.default.createDirectory(
          at: folder.appendingPathComponent(Journal.folderName), withIntermediateDirectories: true)
        var filled = 0
        for photo in photos {
          let found = try masks(of: photo).count
          #expect(found == 0 || found == 2)
          filled += found / 2
        }
        counts.insert(filled)
      }
      #expect(counts.count > 2, "the kills came at different moments: \(counts)")
    }
  }

  @Test func mistakesHaveTheirCodes() async throws {
    try await Program.withFolder { folder in
      let path = try photo("a.png", in: folder)
      let file = folder.appendingPathComponent("coco.json").path
      try #"{"images":[],"categories":[],"annotations":[{}]}"#.write(
        toFile: file, atomically: true, encoding: .utf8)
      let damaged = try Program.run(["import", "coco", file, "--to", path])
      #expect(damaged.status == 65)
      #expect(
        damaged.errors == "vignette: \(file): annotations[0].image_id: is missing; nothing was imported\n")
      #expect(!FileManager.default.fileExists(atPath: Journal.path(forImage: path)))
      #expect(try Program.run(["import", "coco", file + "x", "--to", path]).status == 66)
      #expect(try Program.run(["import", "gif", file, "--to", path]).status == 64)
      #expect(try Program.run(["export", "gif", path, "--output", folder.path]).status == 64)
      #expect(try Program.run(["export", "coco", path, "--output", "/dev/null/x"]).status == 73)
    }
  }
}
