import AnnotationFormats
import Annotations
import Foundation
import Images
import WorkbenchCore

/// A kind of file that users and other programs write, read from bytes that nobody vouches for.
///
/// `Scripts/fuzz` links this with LLVM's fuzzer. Whatever the bytes are, a reader gives what can be worked with, or an
/// error of one line; a trap ends the fuzzer.
public enum FuzzedInput: String, CaseIterable, Sendable {
  case coco, labelme, yolo, voc, png, vignette
  case yoloNames = "yolo-names"
  case vocNames = "voc-names"
  case classes, journal, index, settings, theme

  /// The size of the photo that annotations are about.
  private static let width = 8
  private static let height = 6

  /// Reads bytes as this kind of file.
  ///
  /// - Parameter folder: A folder of this call's own, for the formats that are read from files.
  /// - Returns: The error's text, or nil when the bytes were read.
  public func read(_ data: Data, in folder: String) -> String? {
    do {
      let text = String(decoding: data, as: UTF8.self)
      switch self {
      case .classes: _ = try ClassList(text: text, path: "classes.toml")
      case .settings: _ = KeyMap(overrides: try Settings(text: text, path: "settings.toml").keys)
      case .theme: _ = try Theme(text: text, name: "a", path: "a.toml")
      case .journal: try replay(data)
      case .index:
        let index = ProjectIndex(folder: folder)
        try write(data, to: index.path)
        let records = try index.records()
        try index.append(ImageRecord(status: .done, classes: ["a"]), forImage: "b")
        let count = try index.records().count
        precondition(count >= records.count, "Appending keeps what was known")
      case .coco, .labelme, .yolo, .voc, .png, .vignette, .yoloNames, .vocNames:
        try readAnnotations(data, in: folder)
      }
      return nil
    } catch {
      let text = "\(error)"
      precondition(!text.isEmpty, "An error says something")
      return text
    }
  }

  /// Does with a journal what opening its photo, looking at its history and going on do.
  private func replay(_ data: Data) throws {
    guard var document = try JournalReading(path: "a.jsonl", data: data).document(),
      document.width * document.height <= 1_000_000
    else { return }
    for id in document.steps.indices.suffix(20) { _ = document.objects(at: id) }
    for question in document.openQuestions.flatMap(\.questions) {
      let mask = RunLengths(width: document.width, height: document.height)
      document.setAnswer(
        Document.Answer(mask: mask, predictedIoU: 0), nil, for: question.step, of: question.object)
    }
    precondition(document.openQuestions.isEmpty, "Every question can be answered")
    document.undo()
    document.redo()
    _ = document.branch
    document.add(
      [AnnotatedObject(mask: RunLengths(width: document.width, height: document.height), origin: .brush)],
      verb: "fuzz")
  }

  /// The format, where in a folder of its files the bytes go, and what is to be imported there.
  private var place: (format: String, file: String, source: String) {
    switch self {
    case .yolo: ("yolo", "a.txt", "a.txt")
    case .yoloNames: ("yolo", "data.yaml", "a.txt")
    case .voc: ("voc", "SegmentationClass/a.png", "SegmentationClass/a.png")
    case .vocNames: ("voc", "labelmap.txt", "SegmentationClass/a.png")
    case .png: ("png", "a.png.mask", "a.png.mask")
    default: (rawValue, "a.json", "a.json")
    }
  }

  private func readAnnotations(_ data: Data, in folder: String) throws {
    let (id, file, source) = place
    let photo = "\(folder)/photos/a.png"
    if !FileManager.default.fileExists(atPath: photo) {
      let pixels = [UInt8](repeating: 90, count: 3 * Self.width * Self.height)
      try FileManager.default.createDirectory(
        atPath: "\(folder)/photos", withIntermediateDirectories: true)
      try ImageFile.savePNG(
        Image(width: Self.width, height: Self.height, pixels: pixels), to: photo, overwrite: true)
      // What the other files of a format are read beside.
      try write(Data("names: [cat, dog]\n".utf8), to: "\(folder)/data.yaml")
      try write(Data("0 0 0 1 0 1 1\n".utf8), to: "\(folder)/a.txt")
      let numbers = (0..<Self.width * Self.height).map { UInt8($0 % 3) }
      try write(
        Data(NumberedImage(width: Self.width, height: Self.height, numbers: numbers).png()),
        to: "\(folder)/SegmentationClass/a.png")
    }
    try write(data, to: "\(folder)/\(file)")
    guard let format = AnnotationFormat.named(id) else { preconditionFailure("no format \(id)") }
    let objects = try format.read("\(folder)/\(source)", PhotoIndex([photo])).photos.flatMap(\.objects)
    var document = Document(width: Self.width, height: Self.height)
    document.add(objects, verb: "import")
    let entries = document.takeEntries()
    for entry in entries {
      let line = try JSONEncoder().encode(entry)
      let again = try JSONDecoder().decode(JournalEntry.self, from: line)
      precondition(again == entry, "A line is read back")
    }
  }

  private func write(_ data: Data, to path: String) throws {
    let parent = (path as NSString).deletingLastPathComponent
    if !FileManager.default.fileExists(atPath: parent) {
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    }
    try data.write(to: URL(fileURLWithPath: path))
  }
}
