import Foundation

/// Whether the program was started before, as a file under `$XDG_STATE_HOME` or `~/.local/state` tells.
enum FirstStart {
  /// Returns whether this is the first start, and remembers it; false where that cannot be remembered.
  static func claim(environment: [String: String]) -> Bool {
    let base =
      environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? "\(environment["HOME"] ?? "/nonexistent")/.local/state"
    let folder = "\(base)/vignette"
    guard
      (try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)) != nil
    else { return false }
    let file = open("\(folder)/tour-shown", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard file >= 0 else { return false }
    close(file)
    return true
  }
}
