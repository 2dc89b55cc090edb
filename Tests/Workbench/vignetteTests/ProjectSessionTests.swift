import Annotations
import Foundation
import Testing

/// The real program on a folder of images that is a project.
@Suite(.enabled(if: Program.isBuilt, "the program is not built"), .serialized)
struct ProjectSessionTests {
  private func withProject(_ body: (URL) async throws -> Void) async throws {
    try await Program.withFolder { folder in
      for (name, sample) in [("a.jpg", "coffee.jpg"), ("b.jpg", "rocket.jpg"), ("c.jpg", "astronaut.jpg")] {
        try FileManager.default.copyItem(
          atPath: Program.sample(sample), toPath: folder.appendingPathComponent(name).path)
      }
      try "[[class]]\nname = \"cup\"\nkey = \"9\"\n".write(
        to: folder.appendingPathComponent("classes.toml"), atomically: true, encoding: .utf8)
      try await body(folder)
    }
  }

  /// What the screen showed of a mark is there after the program was killed.
  @Test func aMarkThatWasShownOutlivesAKill() async throws {
    try await withProject { folder in
      let session = try TerminalSession([folder.path], environment: Program.environment())
      try #require(session.waitsForImage(after: 0))
      let count = session.images.count
      session.send("z")
      // The next photo comes no sooner than the mark is kept.
      try #require(session.waitsForImage(after: count))
      session.end()
      #expect(try ProjectIndex(folder: folder.path).records() == ["a.jpg": ImageRecord(status: .done)])
      let other = try TerminalSession([folder.path], environment: Program.environment())
      defer { other.end() }
      #expect(Program.waits { other.text.contains("✓") }, "it is read again")
    }
  }

  @Test func mistakesInTheClassesNameTheLine() async throws {
    try await withProject { folder in
      let file = folder.appendingPathComponent("classes.toml").path
      try "[[class]]\nname = \"cup\"\ncolor = \"red\"\n".write(
        toFile: file, atomically: true, encoding: .utf8)
      let result = try Program.run(Program.path, ["open", folder.path], environment: Program.environment())
      #expect(result.status == 78)
      #expect(result.errors.contains("\(file):3: color must be a colour"))
    }
  }
}
