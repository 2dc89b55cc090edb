import Annotations
import Foundation
import Images

/// Writes the annotations of photos in a format.
///
///     let report = try AnnotationExport(.coco, options: options).run(photos: paths, overwrite: false)
public struct AnnotationExport: Sendable {
  /// What was written.
  public struct Report: Sendable, Equatable, Codable {
    /// Photos and objects in the files.
    public var photos = 0
    public var objects = 0
    /// The files, below the folder of the export.
    public var files: [String] = []
    /// What they do not hold.
    public var losses = ExportLosses()

    /// Makes a report of nothing.
    public init() {}
  }

  private let format: AnnotationFormat
  private let options: ExportOptions
  private let journalFolder: String?

  /// Prepares an export.
  ///
  /// - Parameter journalFolder: Where the folder of journals stands; nil for beside each photo.
  public init(_ format: AnnotationFormat, options: ExportOptions, journalFolder: String? = nil) {
    self.format = format
    self.options = options
    self.journalFolder = journalFolder
  }

  /// Returns the names in the files of classes beside some photos, in their order.
  ///
  /// - Throws: `FormatError.journal` for a file of classes that is not right.
  public static func classNames(besidePhotos photos: [String]) throws(FormatError) -> [String] {
    let folders = Set(photos.map { ($0 as NSString).deletingLastPathComponent }).sorted()
    return try FormatError.mapping {
      try folders.compactMap { try ClassList(folder: $0) }.flatMap(\.entries).map(\.name)
    }
  }

  /// Writes the files; each is whole or not there.
  ///
  /// - Parameters:
  ///   - photos: The photos' paths; those without a journal have no objects.
  ///   - overwrite: Whether files that exist may be replaced.
  ///   - progress: Called after each photo.
  /// - Throws: `FormatError`.
  public func run(
    photos: [String], overwrite: Bool, progress: () -> Void = {}
  ) throws(FormatError) -> Report {
    var report = Report()
    var writer = format.makeWriter(options)
    var written: Set<String> = []
    func write(_ files: [OutputFile], _ photo: String) throws(FormatError) {
      for file in files {
        guard written.insert(file.path).inserted else {
          throw .unwritable(
            photo: photo, reason: "another photo is written to \(file.path) too; export their folders apart")
        }
        try save(file, overwrite: overwrite)
        report.files.append(file.path)
      }
    }
    for path in photos {
      let photo = try annotations(of: Photo(path))
      try write(try writer.add(photo), path)
      report.photos += 1
      report.objects += photo.objects.count
      progress()
    }
    try write(try writer.finish(), options.folder)
    report.losses = writer.losses
    report.objects -= report.losses.emptyObjects
    return report
  }

  /// Reads a photo's objects from its journal.
  private func annotations(of photo: Photo) throws(FormatError) -> AnnotatedPhoto {
    let (width, height) = try photo.size()
    let journal = Journal.path(forImage: photo.path, under: journalFolder)
    let objects = try FormatError.mapping { () -> [AnnotatedObject] in
      guard FileManager.default.fileExists(atPath: journal),
        let document = try JournalReading(path: journal).document()
      else { return [] }
      guard (document.width, document.height) == (width, height) else {
        throw FormatError.unwritable(
          photo: photo.path,
          reason: "has \(width)x\(height) pixels, its journal is of \(document.width)x\(document.height);"
            + " open the photo to put that aside")
      }
      return document.objects
    }
    return AnnotatedPhoto(photo: photo, width: width, height: height, objects: objects)
  }

  private func save(_ file: OutputFile, overwrite: Bool) throws(FormatError) {
    let path = (options.folder as NSString).appendingPathComponent(file.path)
    let folder = (path as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .image(.unwritable(path: folder, reason: "this folder cannot be made"))
    }
    do throws(ImageError) {
      try AtomicFile.write(file.bytes, to: path, overwrite: overwrite)
    } catch { throw .image(error) }
  }
}
