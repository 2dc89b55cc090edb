import Foundation
import Glibc

/// The file that keeps how far the work on each image of a folder is, so that a folder of many images need not have its
/// journals read: a JSON object per line, only ever appended to. The last line about an image counts.
///
///     let index = ProjectIndex(folder: "photos")
///     try index.append(ImageRecord(status: .done), forImage: "cat.jpg")
///     try index.records()["cat.jpg"]?.status                  // done
///
/// A line that a kill cut off is passed over. Several programs can write at the same time.
public struct ProjectIndex: Sendable {
  /// The name of the file among the journals; no journal has it, for their names begin with those of images.
  public static let fileName = "index.jsonl"

  /// The file.
  public let path: String

  /// A line of the file.
  private struct Line: Codable {
    var image: String
    var status: ImageStatus
    var classes: [String]
  }

  /// Names the index of the images in a folder, or of those whose journals go under it; the file need not be there.
  public init(folder: String) {
    let journals = (folder as NSString).appendingPathComponent(Journal.folderName) as NSString
    path = journals.appendingPathComponent(Self.fileName)
  }

  /// Reads the records of all images that anything is known of, by their file names; an image that has a journal and no
  /// line is in progress.
  ///
  /// - Throws: `AnnotationError.unreadable` for a file that is there and cannot be read.
  public func records() throws(AnnotationError) -> [String: ImageRecord] {
    var records: [String: ImageRecord] = [:]
    let journals = (path as NSString).deletingLastPathComponent
    for name in (try? FileManager.default.contentsOfDirectory(atPath: journals)) ?? []
    where name.hasSuffix(".jsonl") && name != Self.fileName {
      records[String(name.dropLast(".jsonl".count))] = ImageRecord(status: .inProgress)
    }
    guard FileManager.default.fileExists(atPath: path) else { return records }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .unreadable(path: path, reason: "not a file that may be read")
    }
    let decoder = JSONDecoder()
    for text in data.split(separator: 0x0A) {
      guard let line = try? decoder.decode(Line.self, from: text) else { continue }
      records[line.image] = ImageRecord(status: line.status, classes: line.classes)
    }
    return records
  }

  /// Writes what is known of an image from here on; makes the file if there is none.
  ///
  /// - Throws: `AnnotationError.unwritable`; the file then says what it said before.
  public func append(_ record: ImageRecord, forImage name: String) throws(AnnotationError) {
    try append([name: record])
  }

  /// Writes what is known of images, by their file names, from here on, in one piece.
  ///
  /// - Throws: `AnnotationError.unwritable`; the file then says what it said before.
  public func append(_ records: [String: ImageRecord]) throws(AnnotationError) {
    guard !records.isEmpty else { return }
    do {
      let folder = (path as NSString).deletingLastPathComponent
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      var data = Data()
      for (name, record) in records.sorted(by: { $0.key < $1.key }) {
        data += try encoder.encode(Line(image: name, status: record.status, classes: record.classes))
        data.append(0x0A)
      }
      let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else {
        throw AnnotationError.unwritable(path: path, reason: String(cString: strerror(errno)))
      }
      let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
      // Others that write wait; the lock goes with the file.
      guard flock(descriptor, LOCK_EX) == 0 else {
        throw AnnotationError.unwritable(path: path, reason: String(cString: strerror(errno)))
      }
      let end = try file.seekToEnd()
      try file.seek(toOffset: end > 0 ? end - 1 : 0)
      // A line that was cut off is ended, so that this one stands alone.
      if end > 0, try file.read(upToCount: 1) != Data([0x0A]) { data.insert(0x0A, at: 0) }
      do {
        try file.write(contentsOf: data)
      } catch {
        try? file.truncate(atOffset: end)
        throw error
      }
    } catch let error as AnnotationError {
      throw error
    } catch {
      throw .unwritable(path: path, reason: Journal.reason(error))
    }
  }
}
