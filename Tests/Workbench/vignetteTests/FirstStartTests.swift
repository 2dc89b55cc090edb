import Foundation
import Testing

/// The tour of the first start, and settings that are checked.
@Suite(.enabled(if: Program.isBuilt, "the program is not built"), .serialized)
struct FirstStartTests {
  @Test func theTourIsShownOnceAndCanBeSkipped() async throws {
    try await Program.withFolder { folder in
      let environment = Program.environment(["XDG_STATE_HOME": folder.path])
      for isFirst in [true, false] {
        let session = try TerminalSession([Program.sample("coffee.jpg")], environment: environment)
        defer { session.end() }
        try #require(session.waitsForImage(after: 0))
        #expect(Program.waits { session.isQuiet() })
        #expect(session.text.contains("Point at something") == isFirst)
        if isFirst {
          session.send("\u{1B}")
          #expect(Program.waits { session.isQuiet() })
        }
        session.send("q")
        #expect(Program.waits { session.status == 0 })
      }
    }
  }

  @Test func themesChangeLive() async throws {
    let session = try TerminalSession([Program.sample("coffee.jpg")], environment: Program.environment())
    defer { session.end() }
    try #require(session.waitsForImage(after: 0))
    let count = session.images.count
    session.send(":theme light\r")
    try #require(session.waitsForImage(after: count))
    #expect(Program.waits { session.text.contains("Theme: light") })
  }

  @Test func mistakesInTheSettingsAreToldWithTheirLine() async throws {
    try await Program.withFolder { folder in
      let settings = folder.appendingPathComponent("vignette/settings.toml")
      try FileManager.default.createDirectory(
        at: settings.deletingLastPathComponent(), withIntermediateDirectories: true)
      let environment = Program.environment(["XDG_CONFIG_HOME": folder.path])
      func check(_ text: String) throws -> Program.Output {
        try text.write(to: settings, atomically: true, encoding: .utf8)
        return try Program.run(Program.path, ["keys", "--check"], environment: environment)
      }
      let good = try check("theme = \"light\"\n[keys]\nundo = [\"f9\", \"f10\"]\nmagnifier = \"f11\"\n")
      #expect(good.status == 0 && good.output.contains("2 commands"), "\(good)")
      for (text, line, word) in [
        ("[keys]\n\nundoo = \"z\"\n", 3, "undoo"), ("[keys]\nundo = \"hyper-z\"\n", 2, "hyper-z"),
        ("theme = \"light\"\n[keys]\nundo = \"s\"\n", 3, "save"), ("theme = \n", 1, "settings"),
      ] {
        let bad = try check(text)
        #expect(bad.status == 78 && bad.output.isEmpty, "\(bad)")
        #expect(bad.errors.contains("settings.toml:\(line):") && bad.errors.contains(word), "\(bad.errors)")
        #expect(bad.errors.split(separator: "\n").count == 1)
      }
    }
  }
}
