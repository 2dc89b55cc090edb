import ArgumentParser
import InferenceEngine
import Profiling
import WorkbenchCore

/// The program: a workbench in the terminal, and the same work without one.
@main
struct Vignette: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vignette",
    abstract: "Click an object in a photo, in a terminal, and get its mask.",
    discussion: """
      Without a command the workbench opens images: left click adds to the object, right click takes away, a \
      drag draws a box, s saves the mask, ? shows all keys.
      """,
    version: Version.text,
    subcommands: [
      OpenCommand.self, SegmentCommand.self, PortraitCommand.self, FacesCommand.self, EvaluateCommand.self,
      ProfileCommand.self, CompareCommand.self, WhatIfCommand.self,
      ModelsCommand.self, InspectCommand.self, EditCommand.self, ReplayCommand.self,
      ExportCommand.self, ImportCommand.self, KeysCommand.self, DoctorCommand.self,
    ],
    defaultSubcommand: OpenCommand.self)

  static func main() async {
    KernelTimings.shared.measure(keepingIn: MachinePeak.cacheFolder)
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let error as Failure {
      Diagnostics.report(error.message)
      Self.exit(withError: ExitCode(error.code.rawValue))
    } catch {
      Self.exit(withError: error)
    }
  }
}

/// What the program calls itself.
enum Version {
  static let text = "vignette 0.1.0"
}
