import Foundation
import Images
import Testing

/// The program without a terminal: exit codes, what goes where.
@Suite(.enabled(if: Program.isBuilt, "the program is not built"))
struct CommandLineTests {
  @Test func tellsItsVersion() throws {
    let result = try Program.run(["--version"])
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("vignette "))
  }

  @Test func helpNamesEveryCommand() throws {
    let result = try Program.run(["--help"])
    #expect(result.status == 0)
    for command in [
      "open", "segment", "portrait", "faces", "evaluate", "profile", "compare", "models", "inspect", "keys",
      "doctor",
    ] {
      #expect(result.output.contains("  \(command) "), "\(command)")
    }
  }

  /// What is wrong, the exit code of sysexits(3), and a part of the one line that says so.
  static let mistakes: [([String], Int32, String)] = [
    (["/no/such/photo.jpg"], 66, "/no/such/photo.jpg: no such file"),
    (["--theme", "pink", Program.sample("cat.png")], 64, "no theme named pink"),
    ([Program.root.appendingPathComponent("Scripts").path], 66, "no PNG or JPEG images"),
    (["segment", "/no/such.jpg", "--point", "1,1"], 66, "/no/such.jpg: no such file"),
    (["segment", Program.root.path, "--point", "1,1"], 66, "is a folder"),
    (
      ["segment", Program.root.appendingPathComponent("LICENSE").path, "--point", "1,1"], 65,
      "neither PNG nor"
    ),
    (["segment", Program.sample("cat.png"), "--point", "9999,1"], 64, "outside the image"),
    (["evaluate", "clicks", "/no/such"], 65, "no such folder"),
    (["evaluate", "masks", "/no/such"], 65, "no such folder"),
    (["evaluate", "parsing", "/no/such", "--classes", "/no/such.txt"], 65, "/no/such.txt: cannot be read"),
    (["portrait", "/no/such.jpg"], 66, "/no/such.jpg: no such file"),
    (["portrait", Program.sample("cat.png"), "--model", "click"], 64, "no portrait model named click"),
    (
      ["faces", Program.sample("cat.png"), Program.sample("coffee.jpg"), "--output", "/tmp/one.png"], 64,
      "several photos cannot share one file"
    ),
    (["profile", "/no/such.onnx"], 66, "no such file, nor an installed model; installed are default, click"),
    (
      ["profile", Program.root.appendingPathComponent("LICENSE").path], 65, "expected a file ending in .onnx"
    ),
    (["profile", "default", "--shape", "image=1x3"], 64, "has fixed inputs"),
    (["inspect", Program.sample("cat.png")], 65, "expected a file ending in .onnx"),
    (["compare", "default", "/no/such.json", "--runs", "2"], 66, "cannot be read"),
  ]

  @Test(arguments: mistakes.indices)
  func mistakesGetOneLineAndTheirExitCode(index: Int) throws {
    let (arguments, status, message) = Self.mistakes[index]
    let result = try Program.run(arguments)
    #expect(result.status == status, "\(arguments): \(result.errors)")
    #expect(result.output.isEmpty, "\(arguments)")
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
  }

  @Test(arguments: [
    ["segment", "photo.jpg"], ["segment", "photo.jpg", "--point", "1"],
    ["segment", "photo.jpg", "--box", "1,2,3"], ["segment", "photo.jpg", "--point", "nan,1"],
    ["portrait"], ["portrait", "photo.jpg", "--background", "#12"],
    ["faces", "photo.jpg", "--layer", "skin"],
    ["faces", "photo.jpg", "--output", "x", "--layer", "elbow"],
    ["--graphics", "oil"], ["--threads", "0"], ["evaluate", "clicks", "x", "--limit", "0"],
    ["profile", "default", "--threads", "1,x"], ["profile", "default", "--json", "--csv"],
    ["profile", "default", "--runs", "0"],
  ])
  func wrongUseIsExplained(arguments: [String]) throws {
    let result = try Program.run(arguments)
    #expect(result.status == 64)
    #expect(result.errors.contains("Usage:") || result.errors.contains("vignette"), "\(result.errors)")
  }

  @Test func aMistakeInTheSettingsNamesTheLine() async throws {
    try await Program.withFolder { folder in
      let settings = folder.appendingPathComponent("vignette")
      try FileManager.default.createDirectory(at: settings, withIntermediateDirectories: true)
      try "theme = \"dark\"\n[keys]\nfly = \"f\"\n".write(
        to: settings.appendingPathComponent("settings.toml"), atomically: true, encoding: .utf8)
      let result = try Program.run(
        Program.path, ["keys"], environment: Program.environment(["XDG_CONFIG_HOME": folder.path]))
      #expect(result.status == 78)
      #expect(result.errors.contains("settings.toml:3: keys.fly: is not a command"))
    }
  }

  @Test func theWorkbenchNeedsATerminal() throws {
    // setsid takes the controlling terminal away.
    let result = try Program.run("/usr/bin/setsid", ["--wait", Program.path, Program.sample("cat.png")])
    #expect(result.status == 69)
    #expect(result.errors.contains("terminal"))
  }
}

extension Program {
  static func run(_ arguments: [String]) throws -> Output { try run(path, arguments) }
}
