import ArgumentParser
import Evaluation
import Foundation
import Images
import InferenceEngine
import VisionTasks

extension EvaluateCommand {
  /// How well people are cut out.
  struct Masks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "masks", abstract: "Compare portrait mattes with known masks.",
      discussion: """
        DIR holds images/ and masks/ with files of the same stem; a mask is 255 on people, or numbers its classes with \
        0 for the background. Figures are means over the images.
        """)

    @Argument(help: ArgumentHelp("The folder with images/ and masks/.", valueName: "dir"))
    var folder: String

    @Option(help: "The model: portrait or sinet.")
    var model: String?

    @Flag(help: "Leave the edges as the network sees them.")
    var noRefinement = false

    @OptionGroup var threads: ThreadsOption

    @Flag(help: "Print a JSON object.")
    var json = false

    func run() async throws {
      do {
        let labelled = try LabelledFolder(folder)
        let matter = try PortraitMatter(
          graph: VisionNetworks.portrait(named: model), threads: threads.count ?? Session.defaultThreadCount,
          refinesEdges: !noRefinement)
        var progress = ProgressBar(total: labelled.entries.count)
        var report = MaskReport()
        for entry in labelled.entries {
          let image = try ImageFile.load(entry.imagePath)
          let matte = try await matter.matte(of: image)
          report.add(
            matte.mask, truth: try LabelledFolder.wholeMask(of: entry, image: image),
            milliseconds: matte.latency.total)
          progress.advance()
        }
        progress.clear()
        print(json ? try JSONText.encode(report) : Self.text(report))
      } catch {
        throw Failure(error)
      }
    }

    private static func text(_ report: MaskReport) -> String {
      """
      images      \(report.images)
      mean IoU    \(String(format: "%.4f", report.meanIoU))
      boundary F  \(String(format: "%.4f", report.boundaryF))
      median      \(String(format: "%.1f", report.medianMilliseconds)) ms
      """
    }
  }

  /// How well parts of faces are told apart.
  struct Parsing: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "parsing", abstract: "Compare parts of faces with known ones.",
      discussion: """
        DIR holds images/ and masks/ with files of the same stem; FILE has a line for each value of the masks: the \
        value and the name of its class, as 3 eyes. Our parts are joined to those classes. The F1 of a class is over \
        all pixels of all images, the mean over all classes but the background.
        """)

    @Argument(help: ArgumentHelp("The folder with images/ and masks/.", valueName: "dir"))
    var folder: String

    @Option(help: ArgumentHelp("The list of the masks' classes.", valueName: "file"))
    var classes: String

    @OptionGroup var threads: ThreadsOption

    @Flag(help: "Print a JSON object.")
    var json = false

    func run() async throws {
      do {
        let list = try ParsingClasses(path: classes)
        let labelled = try LabelledFolder(folder)
        let analyzer = try FaceAnalyzer(
          VisionNetworks.faces(), threads: threads.count ?? Session.defaultThreadCount)
        var progress = ProgressBar(total: labelled.entries.count)
        var report = ParsingReport(list)
        for entry in labelled.entries {
          let image = try ImageFile.load(entry.imagePath)
          try report.add(try await analyzer.parse(image), truthOf: entry, image: image)
          progress.advance()
        }
        progress.clear()
        print(json ? try JSONText.encode(report) : Self.text(report, list))
      } catch {
        throw Failure(error)
      }
    }

    private static func text(_ report: ParsingReport, _ list: ParsingClasses) -> String {
      let lines = list.entries.map { entry in
        let name = entry.name.padding(toLength: 14, withPad: " ", startingAt: 0)
        return "F1 \(name) \(String(format: "%.4f", report.f1[entry.name] ?? 0))"
      }
      return
        ([
          "images            \(report.images)", "no face found     \(report.missedFaces)",
          "mean F1           \(String(format: "%.4f", report.meanF1))",
        ] + lines + [
          "median            \(String(format: "%.1f", report.medianMilliseconds)) ms"
        ]).joined(separator: "\n")
    }
  }
}
