import AnnotationFormats
import ArgumentParser
import Foundation
import TerminalScreen
import WorkbenchCore

/// Annotations of other programs.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Add the objects of a file of another program to photos.",
    discussion: """
      What is imported: \(AnnotationFormat.all.map { "\($0.id): \($0.source)" }.joined(separator: "; ")). The objects of a \
      photo are added as one step of its journal, which can be undone; when anything in the file is wrong, nothing is.

      vignette import coco instances.json --to photos/
      """)

  @Argument(help: "The format.", completion: .list(AnnotationFormat.all.map(\.id)))
  var format: String

  @Argument(help: "The file or folder to import.")
  var file: String

  @Option(name: .long, parsing: .upToNextOption, help: "Photos and folders of photos.")
  var to: [String]

  @Option(
    help: ArgumentHelp("The folder that journals go under; beside each photo unless given.", valueName: "dir")
  )
  var journals: String?

  @Flag(help: "Print a JSON object.")
  var json = false

  func run() throws {
    let format = try AnnotationFormat(argument: format)
    let photos = try Failure.mapping { try FileList.expanding(to).paths }
    var bar = ProgressBar(total: photos.count)
    let report: AnnotationImport.Report
    do {
      report = try AnnotationImport(format, journalFolder: journals)
        .run(file, photos: photos) { bar.show($0.done, of: $0.count, label: $0.stage.rawValue) }
      bar.clear()
    } catch {
      bar.clear()
      throw Failure(error)
    }
    print(json ? try JSONText.encode(report) : VisibleText.lines(report.lines.joined(separator: "\n")))
  }
}
