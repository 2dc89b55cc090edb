import Annotations
import ArgumentParser
import Foundation
import Images
import TerminalScreen
import VisionTasks

/// The workbench's commands without a workbench, kept in the same journal.
struct EditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit", abstract: "Change the objects of an image by commands in words.",
    discussion: """
      Each command is an argument; - reads them from standard input, one per line, and prints the number of the step \
      when it is kept in the journal; there a wrong command ends nothing. Commands: \(DocumentCommand.usage.replacingOccurrences(of: "\n", with: " ")).

      vignette edit cat.jpg "add 120,80" "exclude 40,50" fill-holes "class cat"
      """)

  @Argument(help: "The image.")
  var image: String

  @Argument(help: "What to do, in order.")
  var commands: [String] = []

  @Option(name: [.short, .long], help: "The folder that journals go under; beside the image unless given.")
  var output: String?

  @Flag(help: "Print a JSON object at the end, with the masks as COCO run lengths.")
  var json = false

  @Option(help: "The model that answers clicks.")
  var model: String?

  @OptionGroup var threads: ThreadsOption

  func run() async throws {
    let choice = try ModelChoice(name: model)
    let picture = try Failure.mapping { try ImageFile.load(image) }
    let journal = Journal(path: Journal.path(forImage: image, under: output))
    let restored = try Failure.mapping {
      try journal.open(
        image: (image as NSString).lastPathComponent, width: picture.width, height: picture.height)
    }
    if let notice = restored.notice { Diagnostics.report(notice) }
    var document = restored.document
    var segmenter: ClickSegmenter?

    func carryOut(_ words: String) async throws {
      do throws(CommandProblem) {
        try document.carryOut(try DocumentCommand(words), image: picture)
      } catch .unknown {
        throw Failure(.usage, "\(CommandProblem.unknown(words))")
      } catch {
        throw Failure(.badData, "\(words): \(error)")
      }
      // Kept before a network is asked, as in the workbench.
      try Failure.mapping { try journal.append(document.takeEntries()) }
      try await answerPrompts()
    }

    func answerPrompts() async throws {
      guard !document.openQuestions.isEmpty else { return }
      if segmenter == nil {
        segmenter = try Failure.mapping { try choice.makeSegmenter(threads: threads.count) }
      }
      guard let segmenter else { return }
      for chain in document.openQuestions {
        var previous = chain.previous
        for question in chain.questions {
          let (answer, segmentation) = try await Self.answer(question, picture, previous, segmenter)
          document.setAnswer(answer, segmentation, for: question.step, of: question.object)
          previous = segmentation
        }
      }
      try Failure.mapping { try journal.append(document.takeEntries()) }
    }

    // What an import or a kill left open, as in the workbench.
    try await answerPrompts()
    for command in commands {
      guard command == "-" else {
        try await carryOut(command)
        continue
      }
      while let line = readLine() {
        if line.allSatisfy({ $0 == " " }) { continue }
        do {
          try await carryOut(line)
        } catch let failure as Failure where [.usage, .badData].contains(failure.code) {
          Diagnostics.report(failure.message)
        }
        FileHandle.standardOutput.write(Data("\(document.current)\n".utf8))
      }
    }
    let report = DocumentReport(document)
    print(json ? try JSONText.encode(report) : VisibleText.lines(report.text))
  }

  private static func answer(
    _ question: Document.Question, _ image: Image, _ previous: Segmentation?, _ segmenter: ClickSegmenter
  ) async throws -> (Document.Answer, Segmentation) {
    do {
      return try await MaskAnswering.answer(question, of: image, previous: previous, with: segmenter)
    } catch {
      throw Failure(error)
    }
  }
}
