import Foundation
import TerminalGraphics
import TerminalScreen
import WorkbenchCore

/// Settings with the command line's wishes over them.
struct Preferences: Sendable {
  private var theme: Theme
  private let themeFolders: [String]
  /// Whether text is to have no colours.
  private let isColorless: Bool
  /// What takes the theme's place on terminals of 16 colours; nil when the user chose a theme.
  private var sixteenColorTheme: Theme?
  var keyMap: KeyMap
  /// The way to show pictures; nil for the best the terminal can.
  var graphics: GraphicsProtocol?
  var threads: Int?

  /// Reads the settings file and applies the options.
  /// - Throws: `Failure` for a mistake in a file or an option.
  init(options: DisplayOptions, environment: [String: String]) throws(Failure) {
    let settings = try Self.settings(environment: environment)
    let folders = InstalledFiles.themeFolders(environment: environment)
    themeFolders = folders
    isColorless = environment["NO_COLOR"]?.isEmpty == false
    let known = Theme.names(in: folders)
    if let name = options.theme ?? settings.theme {
      theme = try Failure.mapping { try Theme.named(name, in: folders) }
    } else {
      theme = try Failure.mapping { known.contains("dark") ? try Theme.named("dark", in: folders) : .plain }
      if known.contains("sixteen") {
        sixteenColorTheme = try Failure.mapping { try Theme.named("sixteen", in: folders) }
      }
    }
    if isColorless {
      theme = theme.withoutColor
      sixteenColorTheme = sixteenColorTheme?.withoutColor
    }
    keyMap = KeyMap(overrides: settings.keys)
    threads = options.threads.count ?? settings.threads
    if let name = options.graphics?.rawValue ?? settings.graphics {
      guard let choice = GraphicsChoice(rawValue: name) else {
        let known = GraphicsChoice.allCases.map(\.rawValue).joined(separator: ", ")
        let path = Settings.path(environment: environment)
        throw Failure(.configuration, "\(path): graphics: \(name) is not one of \(known)")
      }
      graphics = choice.graphicsProtocol
    }
  }

  /// The user's settings; the defaults where there is no file.
  /// - Throws: `Failure` that names the file and the line of a mistake.
  static func settings(environment: [String: String]) throws(Failure) -> Settings {
    let path = Settings.path(environment: environment)
    return try Failure.mapping {
      FileManager.default.fileExists(atPath: path) ? try Settings.load(path: path) : Settings()
    }
  }

  /// The names of all themes.
  var themes: [String] { Theme.names(in: themeFolders) }

  /// The theme of a name as a terminal can show it.
  /// - Throws: `WorkbenchError` that says what is wrong with its file.
  func theme(named name: String, for capabilities: Capabilities) throws(WorkbenchError) -> Theme {
    let theme = try Theme.named(name, in: themeFolders)
    return isColorless || capabilities.colorDepth == .monochrome ? theme.withoutColor : theme
  }

  /// The theme for what a terminal can show.
  func theme(for capabilities: Capabilities) -> Theme {
    switch capabilities.colorDepth {
    case .monochrome: theme.withoutColor
    case .palette16: sixteenColorTheme ?? theme
    case .palette256, .trueColor: theme
    }
  }
}
