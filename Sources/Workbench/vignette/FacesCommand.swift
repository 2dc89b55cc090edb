import ArgumentParser
import Foundation
import Images
import InferenceEngine
import VisionTasks

/// Faces in photos and their parts, from the command line.
struct FacesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "faces", abstract: "Find faces in photos and tell their parts apart.",
    discussion: """
      --output writes a PNG whose pixels are the numbers of their classes, with a palette; --layer writes masks \
      beside it: \(FaceLayer.names).
      """)

  @OptionGroup var batch: PhotoBatch

  @Option(help: ArgumentHelp("A mask to write as well; may be repeated.", valueName: "name"))
  var layer: [FaceLayer] = []

  func validate() throws {
    if !layer.isEmpty && batch.output == nil { throw ValidationError("--layer needs --output") }
  }

  func run() async throws {
    let files = try batch.files()
    let analyzer: FaceAnalyzer
    do {
      analyzer = try FaceAnalyzer(
        VisionNetworks.faces(), threads: batch.threads.count ?? Session.defaultThreadCount)
    } catch { throw Failure(error) }
    try await batch.forEach(in: files, text: \.text) { photo, path in
      let parsing = try await analyzer.parse(photo)
      var report = FaceReport(parsing, image: path)
      report.output = try saveClasses(parsing, path)
      report.layers = try saveLayers(parsing, photo, path)
      return report
    }
  }

  private func saveClasses(_ parsing: FaceParsing, _ path: String) throws -> String? {
    guard let output = batch.path(for: path, suffix: "-parts", isMain: true) else { return nil }
    try ImageFile.savePNG(
      classes: parsing.parts, width: parsing.width, height: parsing.height,
      palette: FacePart.allCases.map(\.color), to: output, overwrite: batch.force)
    return output
  }

  private func saveLayers(_ parsing: FaceParsing, _ photo: Image, _ path: String) throws -> [String: String] {
    var files: [String: String] = [:]
    for layer in layer {
      guard let output = batch.path(for: path, suffix: "-\(layer.fileName)", isMain: false) else { continue }
      try ImageFile.savePNG(layer.mask(of: parsing, photo), to: output, overwrite: batch.force)
      files[layer.name] = output
    }
    return files
  }
}
