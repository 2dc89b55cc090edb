import Annotations
import Dispatch
import Foundation
import WorkbenchCore

/// Reads folders and what is known of their images, and keeps how far the work on them is, away from the interface
/// thread.
final class ProjectKeeper: Sendable {
  private let queue = DispatchQueue(label: "vignette.project", qos: .userInitiated)
  private let mailbox: Mailbox
  private let folder: String?

  /// - Parameter folder: Where the indices of images go, as their journals do; nil for beside them.
  init(mailbox: Mailbox, folder: String?) {
    self.mailbox = mailbox
    self.folder = folder
  }

  /// Finds the images of files and folders and reports them where they are not known yet, then what is known of them.
  func open(_ sources: [String], lists: Bool) {
    queue.async { [self] in
      var paths = sources
      if lists {
        do throws(WorkbenchError) {
          paths = try FileList.expanding(sources).paths
          mailbox.post(.project(.listed(paths)))
        } catch {
          return mailbox.post(.project(.listingFailed(message: "\(error)")))
        }
      }
      readRecords(of: paths)
    }
  }

  /// Writes how far the work on an image is and reports it.
  func write(_ request: RecordRequest) {
    queue.async { [self] in
      do throws(AnnotationError) {
        try index(ofImagesIn: Self.folder(of: request.path)).append(
          request.record, forImage: (request.path as NSString).lastPathComponent)
        mailbox.post(.project(.recorded(request)))
      } catch {
        mailbox.post(.project(.recordFailed(request, message: "\(error)")))
      }
    }
  }

  private func readRecords(of paths: [String]) {
    let known = Set(paths)
    var found: [String: ImageRecord] = [:]
    for images in Set(paths.map(Self.folder)) {
      do throws(AnnotationError) {
        for (name, record) in try index(ofImagesIn: images).records() {
          let path = images.isEmpty ? name : images.hasSuffix("/") ? images + name : "\(images)/\(name)"
          if known.contains(path) { found[path] = record }
        }
      } catch {
        return mailbox.post(.project(.recordsFailed(message: "\(error)")))
      }
    }
    if !found.isEmpty { mailbox.post(.project(.recordsRead(found))) }
  }

  private func index(ofImagesIn images: String) -> ProjectIndex { ProjectIndex(folder: folder ?? images) }

  /// The folder of a path as it is written: all before the last separator, or that alone for the root.
  private static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: 0x2F) else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
