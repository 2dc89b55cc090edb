import Annotations
import Foundation

/// Adds the annotations of a file to photos' journals, as one step in each, which can be undone.
///
///     let report = try AnnotationImport(.coco).run("instances.json", photos: paths)
public struct AnnotationImport: Sendable {
  /// The name of the step.
  public static let verb = "import"

  /// What was added.
  public struct Report: Sendable, Equatable, Codable {
    /// The photos that got objects.
    public var photos: [String] = []
    /// Objects that were added.
    public var objects = 0
    /// Photos that the file is about and that were not asked for, by their names in it.
    public var strangers: [String] = []
    /// Annotations that were passed over because they have no mask.
    public var withoutMask = 0
  }

  private let format: AnnotationFormat
  private let journalFolder: String?

  /// Prepares an import.
  ///
  /// - Parameter journalFolder: Where the folder of journals stands; nil for beside each photo.
  public init(_ format: AnnotationFormat, journalFolder: String? = nil) {
    self.format = format
    self.journalFolder = journalFolder
  }

  /// Reads a file or folder, and when all of it is right adds the objects on top of those that the photos have.
  ///
  /// When a journal cannot be written, what was added to others is undone there.
  ///
  /// - Throws: `FormatError`.
  public func run(_ path: String, photos: [String]) throws(FormatError) -> Report {
    let imported = try read(path, photos: photos)
    // Journals that are damaged, or open elsewhere, are found before anything is written.
    for photo in imported.photos { _ = try changeJournal(of: photo) { _ in } }
    var report = Report(strangers: imported.strangers, withoutMask: imported.withoutMask)
    var done: [AnnotatedPhoto] = []
    do {
      for photo in imported.photos where !photo.objects.isEmpty {
        try changeJournal(of: photo) { $0.add(photo.objects, verb: Self.verb) }
        done.append(photo)
        report.photos.append(photo.photo.path)
        report.objects += photo.objects.count
      }
    } catch {
      for photo in done { try? changeJournal(of: photo) { $0.undo() } }
      throw error
    }
    return report
  }

  /// Reads a file or folder for some photos.
  ///
  /// - Throws: `FormatError`, also when it is about none of them.
  public func read(_ path: String, photos: [String]) throws(FormatError) -> ImportedAnnotations {
    let imported = try format.read(path, PhotoIndex(photos))
    guard !imported.photos.isEmpty else {
      let others = imported.strangers.first.map { ", only of others such as \($0)" } ?? ""
      throw .unfitting(path: path, reason: "tells of none of the photos\(others)")
    }
    return imported
  }

  /// Changes a photo's document and keeps that in its journal.
  private func changeJournal(
    of photo: AnnotatedPhoto, _ body: (inout Document) -> Void
  ) throws(FormatError) {
    try FormatError.mapping {
      let journal = Journal(path: Journal.path(forImage: photo.photo.path, under: journalFolder))
      defer { journal.close() }
      var document = try journal.open(image: photo.photo.name, width: photo.width, height: photo.height)
        .document
      body(&document)
      try journal.append(document.takeEntries())
      journal.synchronize()
    }
  }
}
