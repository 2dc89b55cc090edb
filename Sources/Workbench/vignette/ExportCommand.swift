import AnnotationFormats
import ArgumentParser
import Foundation
import TerminalScreen
import WorkbenchCore

/// Annotations in the formats of other programs.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the objects of photos in a format that other programs read.",
    discussion: """
      Formats: \(AnnotationFormat.all.map { "\($0.id) (\($0.title))" }.joined(separator: ", ")). Reads the journals of \
      the photos and needs no network. Classes have the order of classes.toml beside the photos, others come after them. \
      What a format cannot hold is counted and said.

      vignette export coco photos/ --output out/
      """)

  @Argument(help: "The format.", completion: .list(AnnotationFormat.all.map(\.id)))
  var format: String

  @Argument(help: "Photos and folders of photos.")
  var paths: [String]

  @Option(name: [.short, .long], help: "The folder that the files go to.")
  var output: String

  @Option(
    help: ArgumentHelp(
      """
      Write polygons, also where the format has run lengths, whose corners are at most so many pixels from the outline; 0 \
      keeps the outline.
      """, valueName: "pixels"))
  var tolerance: Double?

  @Option(
    help: ArgumentHelp(
      "The folder that journals are under; beside each photo unless given.", valueName: "dir"))
  var journals: String?

  @Flag(help: "Replace files that exist.")
  var force = false

  @Flag(help: "Print a JSON object.")
  var json = false

  func validate() throws {
    if let tolerance, !(0...1000).contains(tolerance) {
      throw ValidationError("--tolerance must be from 0 to 1000")
    }
  }

  func run() throws {
    let format = try AnnotationFormat(argument: format)
    let photos = try Failure.mapping { try FileList.expanding(paths).paths }
    let classNames = try Failure.mapping { try AnnotationExport.classNames(besidePhotos: photos) }
    let options = ExportOptions(classNames: classNames, tolerance: tolerance, folder: output)
    var progress = ProgressBar(total: photos.count)
    let report = try Failure.mapping {
      try AnnotationExport(format, options: options, journalFolder: journals)
        .run(photos: photos, overwrite: force) { progress.advance() }
    }
    progress.clear()
    print(json ? try JSONText.encode(report) : VisibleText.lines(report.lines.joined(separator: "\n")))
  }
}

extension AnnotationFormat {
  /// The format that an argument names.
  init(argument: String) throws(Failure) {
    guard let format = AnnotationFormat.named(argument) else {
      throw Failure(
        .usage,
        "\(argument): no such format; there are \(AnnotationFormat.all.map(\.id).joined(separator: ", "))")
    }
    self = format
  }
}
