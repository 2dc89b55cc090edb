import Annotations
import ArgumentParser
import Foundation
import InferenceEngine
import TerminalScreen
import WorkbenchCore

/// The workbench itself.
struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Open images or models in the workbench (the default command).",
    discussion: """
      ONNX and TFLite files are measured, on the photo where they take one; a profile saved by vignette profile --json \
      is what they are compared with. Folders stand for the PNG and JPEG images in them; without any, the sample photos \
      open. A folder with a file classes.toml (tables [[class]] with name, color "#rrggbb", key) is a project: objects \
      get classes, images a status. Settings are read from $XDG_CONFIG_HOME/vignette/settings.toml. NO_COLOR is honoured.
      """)

  @Argument(help: "Images, folders of images, models.")
  var paths: [String] = []

  @Option(
    name: [.short, .long],
    help: "Where masks go: a folder, or for one image a name ending in .png. Beside the images unless given.")
  var output: String?

  @Option(help: "The model that answers clicks.")
  var model: String?

  @Option(
    help: ArgumentHelp("The shape of an input that a model file leaves open.", valueName: "name=1x3x320x320"))
  var shape: [String] = []

  @OptionGroup var display: DisplayOptions

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    let preferences = try Preferences(options: display, environment: environment)
    let arguments = try OpenArguments(paths)
    let sources =
      arguments.images.isEmpty ? [try InstalledFiles.samples(environment: environment)] : arguments.images
    let images = try ImageSources(sources)
    let destination = try destination(isOneFile: images.files.paths.count == 1)
    let network = try ModelChoice(name: model)
    let named = arguments.models.isEmpty ? [model ?? "default"] : arguments.models
    let subjects = try named.map { try ModelArgument($0, shapes: shape) }
    guard isatty(STDIN_FILENO) == 1 || isatty(STDOUT_FILENO) == 1 else {
      throw Failure(.unavailable, "the workbench needs a terminal; vignette segment works without one")
    }
    let screen = try Failure.mapping { try NcursesScreen(environment: environment) }
    defer { screen.close() }
    let loop = EventLoop(
      screen: screen, preferences: preferences, files: images.files, folders: images.folders,
      classes: images.classes, model: network, destination: destination,
      showsTour: FirstStart.claim(environment: environment), subjects: subjects,
      profiling: ProfilingState(
        subjects: subjects.map(\.name), threads: preferences.threads ?? Session.defaultThreadCount,
        baseline: arguments.profile, startsAtOnce: !arguments.models.isEmpty))
    loop.run()
  }

  private func destination(isOneFile: Bool) throws(Failure) -> MaskDestination {
    guard let output else { return .besideImage }
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: output, isDirectory: &isFolder)
    if exists && isFolder.boolValue { return .folder(output) }
    if output.lowercased().hasSuffix(".png") {
      guard isOneFile else {
        throw Failure(.usage, "--output \(output): several images cannot share one mask file; name a folder")
      }
      return .file(output)
    }
    do {
      try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
    } catch {
      throw Failure(.cannotCreate, "\(output): this folder cannot be made; choose another place")
    }
    return .folder(output)
  }
}
