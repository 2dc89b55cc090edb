import ArgumentParser
import Foundation
import InferenceEngine
import TerminalGraphics
import TerminalScreen
import WorkbenchCore

/// What the program found, ready to paste in a report.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Print what was detected: terminal, graphics, processor, models.")

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    var lines = [("program", Version.text)]
    lines += Self.terminal(environment: environment)
    let engine = EngineInformation.current
    lines += [
      ("processors", "\(ProcessInfo.processInfo.activeProcessorCount)"),
      ("instructions", engine.availableInstructionSets.map(\.rawValue).joined(separator: ", ")),
      ("  selected", engine.selectedInstructionSet.rawValue), ("threads", "\(engine.threadCount)"),
    ]
    lines += ModelChoice.installed.map { ("model", $0) }
    let folders = InstalledFiles.themeFolders(environment: environment)
    lines.append(("themes", Theme.names(in: folders).joined(separator: ", ")))
    let settings = Settings.path(environment: environment)
    lines.append(("settings", settings + Self.verdict(onSettings: settings)))
    for (label, value) in lines {
      let padding = String(repeating: " ", count: max(17 - label.count, 1))
      print(label + padding + VisibleText.visible(value))
    }
  }

  private static func verdict(onSettings path: String) -> String {
    guard FileManager.default.fileExists(atPath: path) else { return " (none)" }
    do {
      _ = try Settings.load(path: path)
      return ""
    } catch {
      return " (\(error))"
    }
  }

  private static func terminal(environment: [String: String]) -> [(String, String)] {
    let screen: NcursesScreen
    do {
      screen = try NcursesScreen(environment: environment)
    } catch {
      return [("terminal", "none: \(error)")]
    }
    let found = screen.capabilities
    let size = screen.size
    screen.close()
    let maximum = found.sixelMaximum.map { ", at most \($0.width)×\($0.height)" } ?? ""
    let through = [(found.insideTmux, "tmux"), (found.insideScreen, "screen"), (found.overSSH, "SSH")]
      .filter(\.0).map(\.1)
    return [
      ("terminal", "\(found.terminalType), \(found.terminalName ?? "name not told")"),
      ("  through", through.isEmpty ? "nothing" : through.joined(separator: ", ")),
      ("  answers", found.answered ? "yes" : "no"), ("  size", "\(size.columns)×\(size.rows) cells"),
      ("  cell", "\(found.cellWidth)×\(found.cellHeight) pixels (\(found.cellSizeSource.rawValue))"),
      ("  colours", "\(found.colorDepth)"),
      ("  sixel", found.sixel ? "yes, \(found.sixelColors) colours\(maximum)" : "no"),
      ("  kitty", Self.kitty(found)),
      ("  iTerm2", found.inlineImages ? "yes" : "no"),
      ("  mouse", found.pixelMouse ? "pixels" : "cells"),
      ("  synchronised", found.synchronizedOutput ? "yes" : "no"),
      ("  says when done", found.reportsStatus ? "yes" : "no"),
      ("graphics", GraphicsChoice(.best(for: found)).rawValue),
    ]
  }

  private static func kitty(_ found: Capabilities) -> String {
    if found.kitty { return "yes" }
    return found.insideTmux || found.insideScreen
      ? "not asked, as tmux and screen misread the question" : "no"
  }
}
