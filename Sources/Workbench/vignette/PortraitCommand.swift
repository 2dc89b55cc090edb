import ArgumentParser
import Foundation
import Images
import InferenceEngine
import TerminalScreen
import VisionTasks

/// Mattes of the people in photos, from the command line.
struct PortraitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "portrait", abstract: "Cut the people in the foreground out of photos.",
    discussion: """
      Without --background the result is the matte, an 8-bit grey PNG of the photo's size; with it the photo with \
      another background: blur, transparent, a colour as white or #20a060, or a photo.
      """)

  @OptionGroup var batch: PhotoBatch

  @Option(help: ArgumentHelp("What is behind the people.", valueName: "blur|transparent|colour|photo"))
  var background: BackgroundArgument?

  @Option(help: "The model: portrait or sinet.")
  var model: String?

  @Flag(help: "Leave the edges as the network sees them.")
  var noRefinement = false

  private struct Report: Encodable {
    var image: String
    var width, height: Int
    /// Pixels of people and their share of the photo.
    var area: Int
    var share: Double
    /// Whether there is anybody.
    var hasPerson: Bool
    /// Milliseconds.
    var latency: StageLatency
    var output: String?
  }

  func run() async throws {
    let files = try batch.files()
    let backdrop = try background.flatMap { try Self.backdrop($0) }
    let matter: PortraitMatter
    do {
      matter = try PortraitMatter(
        graph: VisionNetworks.portrait(named: model),
        threads: batch.threads.count ?? Session.defaultThreadCount,
        refinesEdges: !noRefinement)
    } catch { throw Failure(error) }
    try await batch.forEach(in: files, text: Self.text) { photo, path in
      let matte = try await matter.matte(of: photo)
      let output = try save(matte, photo, path, backdrop)
      return Report(
        image: path, width: photo.width, height: photo.height, area: matte.mask.area,
        share: Double(matte.mask.area) / Double(photo.width * photo.height), hasPerson: matte.hasPerson,
        latency: matte.latency, output: output)
    }
  }

  private static func backdrop(_ argument: BackgroundArgument) throws(Failure) -> Backdrop? {
    switch argument {
    case .transparent: nil
    case .blur: .blurred(radius: 0.04)
    case .color(let red, let green, let blue): .color(red: red, green: green, blue: blue)
    case .photo(let path): .picture(try Failure.mapping { try ImageFile.load(path) })
    }
  }

  /// Writes what was asked for and returns its path; nil when nothing was.
  private func save(
    _ matte: PortraitMatte, _ photo: Image, _ path: String, _ backdrop: Backdrop?
  ) throws -> String? {
    let suffix = background == nil ? "-matte" : "-portrait"
    guard let output = batch.path(for: path, suffix: suffix, isMain: true) else { return nil }
    if let backdrop {
      try ImageFile.savePNG(
        backdrop.applied(to: photo, matte: matte.mask), to: output, overwrite: batch.force)
    } else if background == .transparent {
      try ImageFile.savePNG(photo, opacity: matte.mask, to: output, overwrite: batch.force)
    } else {
      try ImageFile.savePNG(matte.mask, to: output, overwrite: batch.force)
    }
    return output
  }

  private static func text(_ report: Report) -> String {
    let found =
      report.hasPerson
      ? String(format: "people on %.1f %% of the photo", 100 * report.share) : "no person found"
    let time = String(format: "%.1f ms", report.latency.total)
    let output = report.output.map { ", \($0)" } ?? ""
    return "\(VisibleText.visible(report.image)): \(found), \(time)\(VisibleText.visible(output))"
  }
}
