import AnnotationFormats
import Annotations
import Dispatch
import Foundation
import Images
import Synchronization
import WorkbenchCore

/// Reads and writes the journals of images, one thing after the other, away from the interface thread.
///
/// A written entry is reported as soon as the system has it, which is what outlives a kill; the disk is given it a
/// little later, so that no frame waits for a disk.
final class JournalKeeper: Sendable {
  private let queue = DispatchQueue(label: "vignette.journals", qos: .userInitiated)
  private let mailbox: Mailbox
  private let folder: String?
  /// A journal and the size of the image that it was opened for.
  private struct Entry {
    var journal: Journal
    var width, height: Int
  }
  /// The journals opened so far by their images; the queue keeps their order.
  private let journals = Mutex<[String: Entry]>([:])
  /// The image opened last, whose journal stays open.
  private let newest = Mutex("")

  /// - Parameter folder: Where journals go; nil for beside each image.
  init(mailbox: Mailbox, folder: String?) {
    self.mailbox = mailbox
    self.folder = folder
  }

  /// Reads what was done to an image before and reports it, then the picture.
  func open(_ path: String, _ image: Image, _ pyramid: ImagePyramid) {
    queue.async { [self] in
      if let report = restored(path, image) { mailbox.post(report) }
      mailbox.post(.pictureLoaded(path: path, image, pyramid))
    }
  }

  /// Writes what was done to an image and reports it.
  func write(_ request: JournalRequest) {
    queue.async { [self] in mailbox.post(written(request)) }
    queue.async { [self] in
      journals.withLock { journals in
        journals[request.path]?.journal.synchronize()
        // So many images need no more than one open file.
        if newest.withLock({ $0 != request.path }) { journals[request.path]?.journal.close() }
      }
    }
  }

  /// Has something done elsewhere once the journals hold all that was to be written so far.
  func afterWriting(_ body: @escaping @Sendable () -> Void) {
    queue.async { DispatchQueue.global(qos: .userInitiated).async(execute: body) }
  }

  private func restored(_ path: String, _ image: Image) -> Action? {
    newest.withLock { $0 = path }
    return journals.withLock { journals in
      // Journals are opened again when something comes late.
      for (other, entry) in journals where other != path { entry.journal.close() }
      if let known = journals[path], known.width == image.width, known.height == image.height { return nil }
      journals.removeValue(forKey: path)?.journal.close()
      let journal = Journal(path: Journal.path(forImage: path, under: folder))
      do throws(AnnotationError) {
        let restored = try journal.open(
          image: (path as NSString).lastPathComponent, width: image.width, height: image.height)
        journals[path] = Entry(journal: journal, width: image.width, height: image.height)
        return .documentLoaded(path: path, restored.document, notice: restored.notice)
      } catch {
        return .documentFailed(path: path, message: "\(error)")
      }
    }
  }

  private func written(_ request: JournalRequest) -> Action {
    journals.withLock { journals in
      guard let journal = journals[request.path]?.journal else {
        let path = Journal.path(forImage: request.path, under: folder)
        return .journalFailed(request, message: "\(path): could not be opened; what is done here is not kept")
      }
      do throws(AnnotationError) {
        try journal.append(request.entries)
        return .journaled(request)
      } catch {
        return .journalFailed(request, message: "\(error)")
      }
    }
  }
}

/// Imports change the journals of images that were not opened here, one at a time and between what is written otherwise;
/// the documents of the others are the state's.
extension JournalKeeper: DocumentKeeping {
  func apply(_ step: ImportStep, to photo: AnnotatedPhoto) throws(FormatError) -> Document? {
    try queue.sync { () -> Result<Document?, FormatError> in
      do throws(FormatError) { return .success(try applyInOrder(step, to: photo)) } catch {
        return .failure(error)
      }
    }.get()
  }

  private func applyInOrder(_ step: ImportStep, to photo: AnnotatedPhoto) throws(FormatError) -> Document? {
    let path = photo.photo.path
    guard let opened = journals.withLock({ $0[path].map { ($0.width, $0.height) } }) else {
      return try JournalDocuments(folder: folder).apply(step, to: photo)
    }
    switch step {
    case .check:
      guard opened == (photo.width, photo.height) else {
        throw .unfitting(
          path: path, reason: "has \(photo.width)x\(photo.height) pixels now; open it again first")
      }
    case .add: mailbox.post(.transfer(.importedTo(image: path, photo.objects)))
    case .takeBack: mailbox.post(.transfer(.importTakenBack(image: path)))
    }
    return nil
  }
}
