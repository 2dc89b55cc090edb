import Annotations
import Foundation
import Images
import Testing

@Suite(.enabled(if: Program.isBuilt, "the program is not built"))
struct EditCommandTests {
  private func photo(in folder: URL) throws -> String {
    let path = folder.appendingPathComponent("photo.png").path
    let image = Image(width: 60, height: 40, pixels: [UInt8](repeating: 90, count: 7200))
    try ImageFile.savePNG(image, to: path, overwrite: false)
    return path
  }

  @Test func whatIsEditedIsReplayed() async throws {
    try await Program.withFolder { folder in
      let path = try photo(in: folder)
      let first = try Program.run([
        "edit", path, "rectangle 5,5,25,25", "class cat", "new", "brush 3 40,10 50,30",
      ])
      #expect(first.status == 0, "\(first.errors)")
      let second = try Program.run([
        "edit", path, "select 1", "erase-rectangle 9,9,12,12", "undo", "redo", "--json",
      ])
      #expect(second.status == 0, "\(second.errors)")
      let replayed = try Program.run(
        [
          "replay", Journal.path(forImage: path), "--json", "--output",
          folder.appendingPathComponent("out").path,
        ])
      #expect(replayed.output == second.output)
      let mask = try ImageFile.load(folder.appendingPathComponent("out/1.png").path)
      #expect(mask[6, 6].red == 255 && mask[10, 10].red == 0)
      let wrong = try Program.run(["edit", path, "grow", "fly"])
      #expect(wrong.status == 64 && wrong.errors.contains("fly"))
      #expect(try Program.run(["replay", path]).status == 65)
      #expect(try Program.run(["replay", folder.path + "/none.jsonl"]).status == 66)
    }
  }

  /// Kills the program at random moments while it works; whatever it said was kept is there, and the journal opens.
  @Test func twoHundredKillsLoseNothing() async throws {
    try await Program.withFolder { folder in
      let path = try photo(in: folder)
      let script = folder.appendingPathComponent("script").path
      let lines = (0..<4000).map { index in
        let verb = ["brush 3", "eraser 5", "brush 2"][index % 3]
        return index % 4 == 3
          ? "undo" : "\(verb) \(index * 3 % 60),\(index % 40) \(index * 7 % 60),\(index * 11 % 40)"
      }
      try (lines.joined(separator: "\n") + "\n").write(toFile: script, atomically: true, encoding: .utf8)
      let journal = Journal.path(forImage: path)
      let (output, errors) = ("\(folder.path)/output", "\(folder.path)/errors")
      var (kills, steps) = (0, 1)
      for round in 0..<200 {
        if round % 20 == 0 {
          #expect(round == 0 || steps > 20, "the program worked before it was killed")
          try? FileManager.default.removeItem(atPath: journal)
          steps = 1
        }
        let process = try ChildProcess.start(
          ["/bin/sh", "-c", "exec '\(Program.path)' edit '\(path)' - < '\(script)'"],
          environment: Program.environment(), streams: .files(output: output, errors: errors))
        usleep(UInt32(10_000 + round * 7919 % 120_000))
        kill(process, SIGKILL)
        kills += ChildProcess.wait(for: process) == 128 + SIGKILL ? 1 : 0
        let acknowledged = try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n")
          .compactMap { Int($0) }
        guard FileManager.default.fileExists(atPath: journal) else {
          #expect(acknowledged.isEmpty)
          continue
        }
        let document = try JournalReading(path: journal).document()
        let found = document?.steps.count ?? 1
        #expect(found >= steps, "round \(round): nothing of an earlier round is lost")
        #expect(acknowledged.allSatisfy { $0 < found }, "round \(round): what was acknowledged is there")
        steps = found
      }
      #expect(kills > 150)
    }
  }
}
