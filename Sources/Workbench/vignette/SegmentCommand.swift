import Annotations
import ArgumentParser
import Foundation
import Images
import VisionTasks

/// Clicks without a workbench: the same mask as in it, from the command line.
struct SegmentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segment", abstract: "Write the mask of the object that points and a box mean.",
    discussion: """
      The points are taken as clicks in the order given, after the box. Coordinates are image pixels from the top \
      left corner.
      """)

  @Argument(help: "The image.")
  var image: String

  @Option(name: .customLong("point"), help: "A click at x,y on the object, or x,y,- off it. May be repeated.")
  var points: [PointArgument] = []

  @Option(help: "A box x0,y0,x1,y1 around the object.")
  var box: BoxArgument?

  @Flag(help: "Begin with clicks on what stands out, instead of --point or --box.")
  var propose = false

  @Option(help: "Which of the masks that a lone point may mean, from 1 for the likeliest.")
  var reading = 1

  @Option(name: [.short, .long], help: "The mask's file, an 8-bit grey PNG of the image's size.")
  var output: String?

  @Flag(help: "Replace the output file if it exists.")
  var force = false

  @Flag(help: "Print a JSON object.")
  var json = false

  @Option(help: "The model.")
  var model: String?

  @OptionGroup var threads: ThreadsOption

  func validate() throws {
    if points.isEmpty && box == nil && !propose {
      throw ValidationError("give at least one --point, a --box or --propose")
    }
    if propose && !(points.isEmpty && box == nil) {
      throw ValidationError("--propose takes the place of --point and --box")
    }
    if reading < 1 { throw ValidationError("--reading must be at least 1") }
  }

  func run() async throws {
    let choice = try ModelChoice(name: model)
    let picture = try Failure.mapping { try ImageFile.load(image) }
    if let output, !force, FileManager.default.fileExists(atPath: output) {
      throw Failure(.cannotCreate, "\(output): exists already; choose another name or give --force")
    }
    var document = Document(width: picture.width, height: picture.height)
    if propose { try await enterProposal(for: picture, into: &document) }
    try enterPrompts(into: &document)
    let segmenter: ClickSegmenter
    do { segmenter = try choice.makeSegmenter(threads: threads.count) } catch { throw Failure(error) }
    let segmentation = try await Self.segment(picture, document, with: segmenter)
    if let output {
      try Failure.mapping { try ImageFile.savePNG(segmentation.mask.whole, to: output, overwrite: force) }
    }
    let report = SegmentReportText(segmentation, maskPath: output)
    print(json ? try report.json() : report.text)
  }

  private func enterProposal(for picture: Image, into document: inout Document) async throws {
    let clicks: [Click]
    do {
      clicks = try await VisionNetworks.salientObjects(threads: threads.count).firstClicks(on: picture)
    } catch { throw Failure(error) }
    guard !clicks.isEmpty else {
      throw Failure(.badData, "\(image): nothing stands out; say what is meant with --point")
    }
    document.setPrompts(ClickPrompts(clicks: clicks), verb: "propose")
  }

  private func enterPrompts(into document: inout Document) throws(Failure) {
    let width = Double(document.width)
    let height = Double(document.height)
    if let box {
      guard box.x1 > 0, box.y1 > 0, box.x0 < width, box.y0 < height else {
        throw Failure(
          .usage, "--box \(box.text): lies outside the image of \(document.width)x\(document.height)")
      }
      let inside = Box(
        x0: max(box.x0, 0), y0: max(box.y0, 0), x1: min(box.x1, width), y1: min(box.y1, height))
      document.setPrompts(ClickPrompts(box: inside, reading: reading - 1), verb: "box")
    }
    for point in points {
      guard (0..<width).contains(point.x), (0..<height).contains(point.y) else {
        throw Failure(
          .usage, "--point \(point.text): lies outside the image of \(document.width)x\(document.height)")
      }
      var prompts = document.prompts
      prompts.clicks.append(Click(x: point.x, y: point.y, isPositive: point.isPositive))
      prompts.reading = reading - 1
      document.setPrompts(prompts, verb: point.isPositive ? "add" : "exclude")
    }
  }

  /// Refines from step to step, as the workbench does from click to click.
  private static func segment(
    _ image: Image, _ document: Document, with segmenter: ClickSegmenter
  ) async throws -> Segmentation {
    var result: Segmentation?
    for question in document.openQuestions.flatMap(\.questions) {
      do {
        result = try await MaskAnswering.answer(question, of: image, previous: result, with: segmenter)
          .segmentation
      } catch {
        throw Failure(error)
      }
    }
    guard let result else { throw Failure(.usage, "no points and no box") }
    return result
  }
}
