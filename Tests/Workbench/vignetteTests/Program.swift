import Foundation

/// The built program and what the tests of it need.
enum Program {
  /// The package's folder.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The executable built beside the tests, or what `VIGNETTE_PROGRAM` names.
  static let path: String = {
    if let path = ProcessInfo.processInfo.environment["VIGNETTE_PROGRAM"] { return path }
    let bundle = ProcessInfo.processInfo.arguments.lazy
      .compactMap { argument in argument.range(of: ".xctest").map { String(argument[..<$0.upperBound]) } }
      .first { $0.hasPrefix("/") }
    if let bundle { return URL(fileURLWithPath: bundle).deletingLastPathComponent().path + "/vignette" }
    #if DEBUG
      return root.path + "/.build/debug/vignette"
    #else
      return root.path + "/.build/release/vignette"
    #endif
  }()

  /// Whether the program is built; tests that start it are skipped where only they are.
  static let isBuilt = FileManager.default.isExecutableFile(atPath: path)

  /// A sample photo.
  static func sample(_ name: String) -> String { root.appendingPathComponent("Samples/\(name)").path }

  /// The variables that the program sees: none of the user's settings.
  static func environment(_ changes: [String: String] = [:]) -> [String: String] {
    var variables = ProcessInfo.processInfo.environment
    for name in ["NO_COLOR", "TMUX", "SSH_CONNECTION", "COLORTERM", "STY", "TERM_PROGRAM"] {
      variables[name] = nil
    }
    variables["TERM"] = "xterm-256color"
    variables["VIGNETTE_ROOT"] = root.path
    variables["XDG_CONFIG_HOME"] = "/nonexistent"
    // Kernels are those of the cost model, whatever this machine is doing.
    variables["VIGNETTE_KERNELS"] = "predicted"
    // Where nothing can be remembered there is no tour of a first start.
    variables["XDG_STATE_HOME"] = "/dev/null/nowhere"
    return variables.merging(changes) { $1 }
  }

  /// The path of another program; nil when it is not installed.
  static func find(_ name: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// What a run without a terminal printed.
  struct Output {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Runs a program to its end.
  static func run(
    _ executable: String = path, _ arguments: [String], environment: [String: String] = environment()
  ) throws -> Output {
    let base = FileManager.default.temporaryDirectory.appendingPathComponent(
      "vignette-run-\(UUID().uuidString)")
    let paths = ["output", "errors"].map { base.appendingPathExtension($0).path }
    defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
    let process = try ChildProcess.start(
      [executable] + arguments, environment: environment,
      streams: .files(output: paths[0], errors: paths[1]))
    let status = ChildProcess.wait(for: process)
    let texts = paths.map {
      String(decoding: FileManager.default.contents(atPath: $0) ?? Data(), as: UTF8.self)
    }
    return Output(status: status, output: texts[0], errors: texts[1])
  }

  /// Runs a body with a folder of its own that is removed afterwards.
  static func withFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "vignette-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
  }

  /// Asks again and again until a condition holds, for at most `seconds`.
  static func waits(_ seconds: Double = 20, until condition: () throws -> Bool) rethrows -> Bool {
    let end = Date(timeIntervalSinceNow: seconds)
    while Date() < end {
      if try condition() { return true }
      usleep(20_000)
    }
    return false
  }
}
