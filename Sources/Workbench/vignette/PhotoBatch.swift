import ArgumentParser
import Foundation
import Images
import WorkbenchCore

/// Photos that a command works through one after the other, and where its results go.
struct PhotoBatch: ParsableArguments {
  @Argument(help: "Photos and folders of photos.")
  var paths: [String]

  @Option(
    name: [.short, .long],
    help:
      "Where results go: a folder, or for one photo a name ending in .png. Nothing is written unless given.")
  var output: String?

  @Flag(help: "Replace files that exist.")
  var force = false

  @Flag(help: "Print JSON: an object for one photo, else a list.")
  var json = false

  @OptionGroup var threads: ThreadsOption

  /// The photos that the arguments mean.
  ///
  /// - Throws: `Failure` when there are none, or they and the output do not fit together.
  func files() throws(Failure) -> [String] {
    let files = try Failure.mapping { try FileList.expanding(paths).paths }
    try checkOutput(fileCount: files.count)
    return files
  }

  /// Works through photos; one that cannot be read is reported and the others go on.
  ///
  /// - Parameter body: What is done with a photo; gets its path and returns what is printed.
  /// - Throws: `Failure` for a lone photo, or after all photos when some failed.
  func forEach<Report: Encodable>(
    in files: [String], isolation: isolated (any Actor)? = #isolation, text: (Report) -> String,
    _ body: (_ photo: Image, _ path: String) async throws -> Report
  ) async throws {
    var progress = ProgressBar(total: files.count)
    var reports: [Report] = []
    var failure: Failure?
    for path in files {
      do {
        let report = try await body(try ImageFile.load(path), path)
        if json {
          reports.append(report)
        } else {
          progress.clear()
          print(text(report))
        }
      } catch {
        let reason = Failure(error)
        guard files.count > 1 else { throw reason }
        progress.clear()
        Diagnostics.report(reason.message)
        failure = failure ?? reason
      }
      progress.advance()
    }
    progress.clear()
    if json { print(files.count == 1 ? try JSONText.encode(reports[0]) : try JSONText.encode(reports)) }
    if let failure {
      throw Failure(failure.code, "some photos were left out; see the messages above")
    }
  }

  private func checkOutput(fileCount: Int) throws(Failure) {
    guard let output else { return }
    if isFile(output) {
      guard fileCount == 1 else {
        throw Failure(.usage, "--output \(output): several photos cannot share one file; name a folder")
      }
      return
    }
    do {
      try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
    } catch {
      throw Failure(.cannotCreate, "\(output): this folder cannot be made; choose another place")
    }
  }

  private func isFile(_ output: String) -> Bool {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: output, isDirectory: &isFolder)
    return output.lowercased().hasSuffix(".png") && !(exists && isFolder.boolValue)
  }

  /// The file of a result of a photo; nil when nothing is to be written.
  ///
  /// - Parameters:
  ///   - suffix: What is added to the photo's name, as `-matte`.
  ///   - isMain: Whether an output that names a file means this result; others go beside it.
  func path(for photo: String, suffix: String, isMain: Bool) -> String? {
    guard let output else { return nil }
    let stem = ((photo as NSString).lastPathComponent as NSString).deletingPathExtension
    guard isFile(output) else {
      return (output as NSString).appendingPathComponent("\(stem)\(suffix).png")
    }
    return isMain ? output : "\((output as NSString).deletingPathExtension)\(suffix).png"
  }
}
