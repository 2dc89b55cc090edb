import ArgumentParser
import Foundation
import TerminalScreen
import WorkbenchCore

/// The command table as text.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "List the workbench's commands, their names in the settings and their keys.")

  func run() throws {
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

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(width - text.count, 0))
  }
}
