import Foundation
import TerminalGraphics
import TerminalScreen
import WorkbenchCore

/// Settings with the command line's wishes over them.
struct Preferences {
  var theme: Theme
  var keyMap: KeyMap
  /// The way to show pictures; nil for the best the terminal can.
  var graphics: GraphicsProtocol?
  var threads: Int?

  /// Reads the settings file and applies the options.
  /// - Throws: `Failure` for a mistake in a file or an option.
  init(options: DisplayOptions, environment: [String: String]) throws(Failure) {
    let path = Settings.path(environment: environment)
    let settings = try Failure.mapping {
      FileManager.default.fileExists(atPath: path) ? try Settings.load(path: path) : Settings()
    }
    theme = try Self.theme(options.theme ?? settings.theme, environment: environment)
    if let value = environment["NO_COLOR"], !value.isEmpty { theme = theme.withoutColor }
    keyMap = KeyMap(overrides: settings.keys)
    threads = options.threads ?? settings.threads
    if let name = options.graphics?.rawValue ?? settings.graphics {
      guard let choice = GraphicsChoice(rawValue: name) else {
        let known = GraphicsChoice.allCases.map(\.rawValue).joined(separator: ", ")
        throw Failure(.configuration, "\(path): graphics: \(name) is not one of \(known)")
      }
      graphics = choice.graphicsProtocol
    }
  }

  private static func theme(_ name: String?, environment: [String: String]) throws(Failure) -> Theme {
    let folders = InstalledFiles.themeFolders(environment: environment)
    guard let name else {
      return try Failure.mapping {
        Theme.names(in: folders).contains("dark") ? try Theme.named("dark", in: folders) : .plain
      }
    }
    return try Failure.mapping { try Theme.named(name, in: folders) }
  }

  /// The theme for a terminal: without a choice of the user's, terminals of 16 colours get the theme made for
  /// them.
  func theme(for capabilities: Capabilities) -> Theme {
    capabilities.colorDepth == .monochrome ? theme.withoutColor : theme
  }
}
