import Annotations
import Foundation

/// Adds the annotations of a file to photos, as one step in the journal of each, which can be undone.
///
///     let report = try AnnotationImport(.coco).run("instances.json", photos: paths)
public struct AnnotationImport {
  /// The name of the step.
  public static let verb = "import"

  /// What was added.
  public struct Report: Sendable, Equatable, Codable {
    /// The photos that got objects.
    public var photos: [String] = []
    /// Objects that were added.
    public var objects = 0
    /// How many of them are boxes, whose masks are made when the photo is opened.
    public var boxes = 0
    /// Names in the file that no photo has.
    public var strangers: [String] = []
    /// Annotations that were passed over because they have neither a mask nor a box.
    public var withoutMask = 0
    /// What projects now know of the photos, by their paths; without those that are open.
    public var records: [String: ImageRecord] = [:]

    private enum CodingKeys: CodingKey { case photos, objects, boxes, strangers, withoutMask }

    /// Makes a report of nothing.
    public init() {}
  }

  /// How far an import is.
  public struct Progress: Sendable, Equatable {
    /// What is done one after the other.
    public enum Stage: String, Sendable { case reading, checking, writing }
    public var stage: Stage
    /// Parts of the file that are read, or photos that are done, and how many there are.
    public var done, count: Int
  }

  private let format: AnnotationFormat
  private let journalFolder: String?
  private let documents: any DocumentKeeping

  /// Prepares an import.
  ///
  /// - Parameters:
  ///   - journalFolder: Where the folder of journals stands; nil for beside each photo.
  ///   - documents: Who keeps the photos' documents; nil when nothing has any open.
  public init(
    _ format: AnnotationFormat, journalFolder: String? = nil, documents: (any DocumentKeeping)? = nil
  ) {
    self.format = format
    self.journalFolder = journalFolder
    self.documents = documents ?? JournalDocuments(folder: journalFolder)
  }

  /// Reads a file or folder, and when all of it is right adds the objects on top of those that the photos have.
  ///
  /// Journals that are damaged, or open elsewhere, are found before anything is written. When one cannot be written all
  /// the same, what was added to others is undone there.
  ///
  /// - Parameter progress: Called for each hundredth of each stage.
  /// - Throws: `FormatError`.
  public func run(
    _ path: String, photos: [String], progress: (Progress) -> Void = { _ in }
  ) throws(FormatError) -> Report {
    let imported = try read(path, photos: photos) { done, count in
      Self.report(.reading, done, of: count, to: progress)
    }
    let filled = imported.photos.filter { !$0.objects.isEmpty }
    for (index, photo) in filled.enumerated() {
      Self.report(.checking, index, of: filled.count, to: progress)
      _ = try documents.apply(.check, to: photo)
    }
    var report = Report()
    report.strangers = imported.strangers
    report.withoutMask = imported.withoutMask
    do {
      var written: [String: Document] = [:]
      for (index, photo) in filled.enumerated() {
        Self.report(.writing, index, of: filled.count, to: progress)
        written[photo.photo.path] = try documents.apply(.add, to: photo)
        report.photos.append(photo.photo.path)
        report.objects += photo.objects.count
        report.boxes += photo.objects.count(where: \.isBoxAlone)
      }
      report.records = try keepRecords(of: written)
    } catch {
      for photo in filled.prefix(report.photos.count) { _ = try? documents.apply(.takeBack, to: photo) }
      throw error
    }
    return report
  }

  /// Reads a file or folder for some photos.
  ///
  /// - Throws: `FormatError`, also when it is about none of them.
  public func read(
    _ path: String, photos: [String], progress: ReadingProgress = { _, _ in }
  ) throws(FormatError) -> ImportedAnnotations {
    let imported = try format.read(path, PhotoIndex(photos), progress: progress)
    guard !imported.photos.isEmpty else {
      let others = imported.strangers.first.map { ", only of others such as \($0)" } ?? ""
      throw .unfitting(path: path, reason: "tells of none of the photos\(others)")
    }
    return imported
  }

  private static func report(
    _ stage: Progress.Stage, _ done: Int, of count: Int, to progress: (Progress) -> Void
  ) {
    guard done == 0 || 100 * done / count != 100 * (done - 1) / count else { return }
    progress(Progress(stage: stage, done: done, count: count))
  }

  /// Writes what projects are to know of photos into the indices beside their journals.
  private func keepRecords(of documents: [String: Document]) throws(FormatError) -> [String: ImageRecord] {
    try FormatError.mapping {
      var result: [String: ImageRecord] = [:]
      for (folder, paths) in Dictionary(
        grouping: documents.keys, by: { ($0 as NSString).deletingLastPathComponent })
      {
        let index = ProjectIndex(folder: journalFolder ?? folder)
        let known = try index.records()
        var records: [String: ImageRecord] = [:]
        for path in paths {
          let name = (path as NSString).lastPathComponent
          var record = known[name] ?? ImageRecord()
          if let document = documents[path] { record.update(from: document) }
          records[name] = record
          result[path] = record
        }
        try index.append(records)
      }
      Journal.synchronize(documents.keys.map { Journal.path(forImage: $0, under: journalFolder) })
      return result
    }
  }
}
