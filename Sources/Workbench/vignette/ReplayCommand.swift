import Annotations
import ArgumentParser
import Foundation
import Images
import TerminalScreen

/// A document from its journal alone, without an image and without a network.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Rebuild the objects of an image from its journal.",
    discussion: """
      The journal of photos/cat.jpg is photos/.vignette/cat.jpg.jsonl. The result is the same as in the workbench that \
      wrote it, bit for bit.
      """)

  @Argument(help: "The journal.")
  var journal: String

  @Option(
    name: [.short, .long], help: "A folder that gets the mask of each object as an 8-bit PNG, NUMBER.png.")
  var output: String?

  @Option(help: "The step to show; the one that was shown last unless given.")
  var step: Int?

  @Flag(help: "Replace files that exist.")
  var force = false

  @Flag(help: "Print a JSON object, with the masks as COCO run lengths.")
  var json = false

  func run() throws {
    let reading = try Failure.mapping { try JournalReading(path: journal) }
    guard var document = try Failure.mapping({ try reading.document() }) else {
      throw Failure(.badData, "\(journal): has no complete line")
    }
    if reading.isTorn { Diagnostics.report("\(journal): the last line was cut off and is left out") }
    if let step {
      guard document.steps.indices.contains(step) else {
        throw Failure(.usage, "--step \(step): the last step is \(document.steps.count - 1)")
      }
      document.go(to: step)
    }
    if let output {
      do {
        try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
      } catch {
        throw Failure(.cannotCreate, "\(output): this folder cannot be made; choose another place")
      }
      for object in document.objects {
        try Failure.mapping {
          try ImageFile.savePNG(object.mask.mask, to: "\(output)/\(object.id).png", overwrite: force)
        }
      }
    }
    let report = DocumentReport(document)
    print(json ? try JSONText.encode(report) : VisibleText.lines(report.text))
  }
}

extension VisibleText {
  /// Several lines with control characters made visible in each.
  static func lines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { visible(String($0)) }
      .joined(separator: "\n")
  }
}
