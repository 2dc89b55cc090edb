import ArgumentParser
import Foundation
import TerminalScreen
import WorkbenchCore

/// The command table as text.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "List the workbench's commands, their names in the settings and their keys.")

  @Flag(help: "Only check the settings file; a mistake is told with its line.")
  var check = false

  func run() throws {
    if check { return try checkSettings() }
    let settings = try Preferences.settings(environment: ProcessInfo.processInfo.environment)
    let keyMap = KeyMap(overrides: settings.keys)
    for group in Command.Group.allCases {
      print(group.rawValue)
      for command in CommandTable.all where command.group == group {
        let keys = keyMap.keys(for: command).map(\.description).joined(separator: " ")
        print("  \(padded(command.id, 16)) \(padded(keys, 22)) \(command.help)")
      }
    }
  }

  private func checkSettings() throws {
    let environment = ProcessInfo.processInfo.environment
    let path = Settings.path(environment: environment)
    guard FileManager.default.fileExists(atPath: path) else {
      return print("\(path): none; the defaults hold")
    }
    let settings = try Preferences.settings(environment: environment)
    print("\(path): in order, \(settings.keys.count) commands have keys of their own")
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(width - text.count, 0))
  }
}
