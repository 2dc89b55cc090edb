import Dispatch
import Foundation
import Glibc

/// The file that keeps everything that was done to an image: a JSON object per line, only ever appended to.
///
///     let journal = Journal(path: Journal.path(forImage: "photos/cat.jpg"))
///     var document = try journal.open(image: "cat.jpg", width: 640, height: 480).document
///     document.addClick(click)
///     try journal.append(document.takeEntries())     // in the hands of the system: kill -9 cannot take it
///
/// The journals of a folder's images stand in its folder `.vignette`, one `NAME.jsonl` for each image `NAME`: photos
/// move together with their annotations, and a listing of the photos shows one hidden name more instead of one or two
/// files per photo. No file is made before there is something to write.
///
/// A line is complete when it ends in a line feed. `append` hands all its lines over in one write; what a kill leaves
/// of a line is dropped when the file is opened again.
public final class Journal {
  /// The folder of journals within a folder of images.
  public static let folderName = ".vignette"

  /// The journal of an image.
  ///
  /// - Parameter folder: Where the folder of journals stands; nil for the image's own folder.
  public static func path(forImage image: String, under folder: String? = nil) -> String {
    let image = image as NSString
    let base = (folder ?? image.deletingLastPathComponent) as NSString
    return (base.appendingPathComponent(folderName) as NSString).appendingPathComponent(
      image.lastPathComponent + ".jsonl")
  }

  /// The file.
  public let path: String
  private var file: FileHandle?
  private var header: JournalEntry.Header?
  private var byteCount: UInt64 = 0
  /// The bytes when the journal was closed, by which changes of others are told.
  private var closedByteCount: UInt64?

  /// Names a journal; the file need not be there.
  public init(path: String) { self.path = path }

  /// A document as its journal left it.
  public struct Restored {
    /// The document.
    public var document: Document
    /// What was not right and was put right; nil usually.
    public var notice: String?
  }

  /// Reads the journal and prepares to go on with it; the document is empty when there is none.
  ///
  /// A journal of an image of another size is put aside under a name with its size.
  ///
  /// - Parameters:
  ///   - image: The image's file name, for the first line.
  ///   - width, height: The image's columns and rows.
  /// - Throws: `AnnotationError.damagedJournal`, `.unreadable`, `.unwritable` or `.locked`; the file stays as it was.
  public func open(image: String, width: Int, height: Int) throws(AnnotationError) -> Restored {
    header = JournalEntry.Header(image: image, width: width, height: height)
    let empty = Document(width: width, height: height)
    guard FileManager.default.fileExists(atPath: path) else { return Restored(document: empty) }
    let file = try openFile()
    let contents = try JournalReading(path: path)
    if let found = contents.header, found.width != width || found.height != height {
      let aside = "\(path).\(found.width)x\(found.height)"
      guard !FileManager.default.fileExists(atPath: aside), rename(path, aside) == 0 else {
        throw .unwritable(path: aside, reason: "the journal is of an image of another size")
      }
      close()
      closedByteCount = nil
      return Restored(
        document: empty,
        notice: "The image had \(found.width)x\(found.height) pixels; its journal is now \(aside)")
    }
    let document = try contents.document() ?? empty
    do {
      try file.truncate(atOffset: UInt64(contents.byteCount))
    } catch {
      throw .unwritable(path: path, reason: Self.reason(error))
    }
    byteCount = UInt64(contents.byteCount)
    let notice = contents.isTorn ? "\(path): the last line was cut off and is dropped" : nil
    return Restored(document: document, notice: notice)
  }

  /// Writes entries behind all others, in one piece; makes the file if there is none.
  ///
  /// - Throws: `AnnotationError.unwritable` or `.locked`; the file then holds none of them.
  public func append(_ entries: [JournalEntry]) throws(AnnotationError) {
    guard !entries.isEmpty else { return }
    let file: FileHandle
    if let open = self.file { file = open } else { file = try openFile() }
    let first = byteCount == 0 ? header.map { [JournalEntry.begin($0)] } ?? [] : []
    let data = try Self.lines(of: first + entries, path: path)
    do {
      try file.seek(toOffset: byteCount)
      try file.write(contentsOf: data)
      byteCount += UInt64(data.count)
    } catch {
      try? file.truncate(atOffset: byteCount)
      throw .unwritable(path: path, reason: Self.reason(error))
    }
  }

  /// Has the disk take what was written, so that a failure of power loses nothing either.
  public func synchronize() { try? file?.synchronize() }

  /// Has the disk take what was written to many journals, several at a time, which it can take together.
  package static func synchronize(_ paths: [String]) {
    DispatchQueue.concurrentPerform(iterations: paths.count) { index in
      let descriptor = Glibc.open(paths[index], O_RDWR | O_CLOEXEC)
      guard descriptor >= 0 else { return }
      _ = fsync(descriptor)
      _ = Glibc.close(descriptor)
    }
  }

  /// Lets other programs have the journal.
  public func close() {
    guard file != nil else { return }
    closedByteCount = byteCount
    try? file?.close()
    file = nil
  }

  /// The text of entries, a line each.
  package static func lines(of entries: [JournalEntry], path: String) throws(AnnotationError) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var data = Data()
    for entry in entries {
      do {
        data += try encoder.encode(entry)
      } catch {
        throw .unwritable(path: path, reason: "\(error)")
      }
      data.append(0x0A)
    }
    return data
  }

  /// Opens or makes the file for this program alone.
  private func openFile() throws(AnnotationError) -> FileHandle {
    let folder = (path as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path: path, reason: Self.reason(error))
    }
    let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw .unwritable(path: path, reason: String(cString: strerror(errno)))
    }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    // The lock goes with the program, however it ends.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .locked(path: path) }
    byteCount = (try? file.seekToEnd()) ?? 0
    guard closedByteCount ?? byteCount == byteCount else {
      throw .unwritable(path: path, reason: "another program has changed it; open the image again")
    }
    self.file = file
    return file
  }

  /// What the system says about a failure.
  static func reason(_ error: any Error) -> String {
    let error = error as NSError
    let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
    return cause.domain == NSPOSIXErrorDomain
      ? String(cString: strerror(Int32(cause.code))) : cause.localizedDescription
  }
}
