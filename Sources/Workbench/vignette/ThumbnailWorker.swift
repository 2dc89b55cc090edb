import Images
import Synchronization
import WorkbenchCore

/// Makes small pictures one after the other when there is nothing better to do; only those asked for last are made.
final class ThumbnailWorker: Sendable {
  /// Larger images have none: their decoding would take memory from the work itself.
  private static let pixelLimit = 50_000_000

  private struct Queue {
    var paths: [String] = []
    var isRunning = false
  }

  private let queue = Mutex(Queue())
  private let mailbox: Mailbox

  init(mailbox: Mailbox) { self.mailbox = mailbox }

  /// Asks for pictures in place of those that were asked for before.
  func submit(_ paths: [String]) {
    let mustStart = queue.withLock { queue in
      queue.paths = paths
      defer { queue.isRunning = true }
      return !queue.isRunning
    }
    guard mustStart else { return }
    Task.detached(priority: .utility) { [self] in
      while let path = next() { mailbox.post(.thumbnail(path: path, Self.picture(of: path))) }
    }
  }

  private func next() -> String? {
    queue.withLock { queue in
      guard queue.paths.isEmpty else { return queue.paths.removeFirst() }
      queue.isRunning = false
      return nil
    }
  }

  /// The small picture of a file; nil for one that shows none.
  private static func picture(of path: String) -> Image? {
    guard let image = try? ImageFile.load(path, pixelLimit: pixelLimit) else { return nil }
    let size = Thumbnails.size
    let scale = min(
      Double(size.width) / Double(image.width), Double(size.height) / Double(image.height), 1)
    return image.resized(
      width: max(Int(Double(image.width) * scale), 1), height: max(Int(Double(image.height) * scale), 1),
      filter: .areaAverage)
  }
}
