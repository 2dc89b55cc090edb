import Foundation
import WorkbenchCore

/// Where the files that come with the program lie.
enum InstalledFiles {
  /// The folder that holds `Themes` and `Samples`: named by `VIGNETTE_ROOT`, else the nearest one above the
  /// executable; nil when there is none.
  static func root(environment: [String: String] = ProcessInfo.processInfo.environment) -> URL? {
    if let path = environment["VIGNETTE_ROOT"] { return URL(fileURLWithPath: path) }
    guard let executable = Bundle.main.executableURL?.resolvingSymlinksInPath() else { return nil }
    var folder = executable.deletingLastPathComponent()
    while folder.path != "/" {
      if FileManager.default.fileExists(atPath: folder.appendingPathComponent("Themes").path) {
        return folder
      }
      folder.deleteLastPathComponent()
    }
    return nil
  }

  /// Folders with themes, the user's own first.
  static func themeFolders(environment: [String: String]) -> [String] {
    let shipped = root(environment: environment).map { [$0.appendingPathComponent("Themes").path] } ?? []
    return ["\(Settings.folder(environment: environment))/themes"] + shipped
  }

  /// The photos to open when no others are named.
  /// - Throws: `Failure` where they are not installed.
  static func samples(environment: [String: String]) throws(Failure) -> String {
    guard let root = root(environment: environment) else {
      throw Failure(.noInput, "no images named, and the samples are not installed; name images or folders")
    }
    return root.appendingPathComponent("Samples").path
  }
}
