import ArgumentParser
import Evaluation
import Foundation
import Images
import VisionTasks

/// Figures of quality on labelled images.
struct EvaluateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Measure models on labelled images.",
    subcommands: [Clicks.self, Masks.self, Parsing.self])

  /// How many clicks a model needs.
  struct Clicks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "clicks", abstract: "Simulate clicks on objects with known masks.",
      discussion: """
        DIR holds images/ and masks/ with files of the same stem. A mask is 0 and 255 with 128 ignored, or \
        numbers its objects. The first click is the simulated one or comes from a CSV file of image,x,y.
        """)

    @Argument(help: ArgumentHelp("The folder with images/ and masks/.", valueName: "dir"))
    var folder: String

    @Option(help: ArgumentHelp("First clicks in pixels: lines image,x,y.", valueName: "file.csv"))
    var firstClicks: String?

    @Option(help: "The model.")
    var model: String?

    @Option(help: "Clicks given for an object at most.")
    var maximumClicks = 20

    @Option(help: "Objects to evaluate at most.")
    var limit: Int?

    @OptionGroup var threads: ThreadsOption

    @Flag(help: "Show the network the whole photo at every click, never a part of it.")
    var noFocusCrop = false

    @Flag(help: "Print a JSON object.")
    var json = false

    func validate() throws {
      if maximumClicks < 1 { throw ValidationError("--maximum-clicks must be at least 1") }
      if let limit, limit < 1 { throw ValidationError("--limit must be at least 1") }
    }

    func run() async throws {
      do {
        let segmenter = try ModelChoice(name: model).makeSegmenter(
          threads: threads.count, focuses: !noFocusCrop)
        let report = try await evaluate(with: segmenter)
        print(json ? try JSONText.encode(report) : Self.text(report))
      } catch {
        throw Failure(error)
      }
    }

    private func evaluate(with segmenter: ClickSegmenter) async throws -> ClickReport {
      let labelled = try LabelledFolder(folder)
      let list = try firstClicks.map { path throws(EvaluationError) in try FirstClicks(path: path) }
      var evaluation = ClickEvaluation(ClickEvaluation.Options(maximumClicks: maximumClicks))
      var unmatched = 0
      for entry in labelled.entries {
        let image = try ImageFile.load(entry.imagePath)
        let objects = try LabelledFolder.objects(of: entry, image: image)
        let first = list?.assigned(to: objects, stem: entry.stem)
        unmatched += first?.unmatched ?? 0
        for (index, object) in objects.enumerated() {
          if let limit, evaluation.trials.count >= limit {
            return ClickReport(evaluation, unmatchedFirstClicks: unmatched)
          }
          try await evaluation.tryObject(object, firstClick: first?.clicks[index]) { prompts, previous in
            try await segmenter.segment(image, prompts, previous: previous)
          }
        }
      }
      return ClickReport(evaluation, unmatchedFirstClicks: unmatched)
    }

    private static func text(_ report: ClickReport) -> String {
      let means = report.meanIoU.sorted { (Int($0.key) ?? 0) < (Int($1.key) ?? 0) }
        .map { "mean IoU after \($0.key)  \(String(format: "%.4f", $0.value))" }
      return
        (["objects           \(report.objects)"] + means + [
          "NoC@85            \(String(format: "%.2f", report.noc85))",
          "NoC@90            \(String(format: "%.2f", report.noc90))",
          "failures@90       \(report.failures90)",
          "not made worse    \(String(format: "%.1f", 100 * report.harmlessShare)) % of further clicks",
          "median            \(String(format: "%.1f", report.medianMilliseconds)) ms",
        ]).joined(separator: "\n")
    }
  }
}
